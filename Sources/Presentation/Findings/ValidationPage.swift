package import Diagnostics
internal import Reconciliation

/// What `validate` has to say.
package struct ValidationPage: Hashable, Sendable {
    package var findings: [ResolvedDiagnostic]
    /// How many manifests were read.
    package var files: Int
    /// Warnings count as errors.
    package var strict: Bool

    package init(findings: [ResolvedDiagnostic], files: Int, strict: Bool = false) {
        self.findings = findings
        self.files = files
        self.strict = strict
    }

    package var passes: Bool { strict ? findings.isEmpty : !findings.contains(where: \.isError) }

    /// "Valid: 12 files." or "Invalid: 2 errors and 1 warning in 12 files."
    package var summary: String {
        let verdict = passes ? "Valid" : "Invalid"
        let counts = findings.isEmpty ? "" : findings.counts + " in "
        let reason = !passes && !findings.contains(where: \.isError) ? " (--strict)" : ""
        return "\(verdict): \(counts)\(counted(files, "file"))\(reason)."
    }

    package func text(style: Style = .plain) -> String {
        let body = findings.isEmpty ? "" : findings.text(style: style) + "\n"
        return body + style.painted(summary, passes ? .boldGreen : .boldRed) + "\n"
    }

    package var json: String { findings.json.text }
    package var annotations: String { findings.annotations }
    package var sarif: String { findings.sarif.text }
}

extension [ResolvedDiagnostic] {
    /// "2 errors and 1 warning"; only what there is.
    var counts: String {
        let errors = count(where: \.isError)
        let warnings = count - errors
        var parts: [String] = []
        if errors > 0 { parts.append(counted(errors, "error")) }
        if warnings > 0 { parts.append(counted(warnings, "warning")) }
        return parts.joined(separator: " and ")
    }
}
