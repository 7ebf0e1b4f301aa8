import AccessModel
import Crypto
import Diagnostics
import Invitations
import Manifests
import Reconciliation
import Syntax

/// What is tried, with the laws that hold for any bytes. A law that does not hold ends the program.
enum FuzzTarget: String, CaseIterable {
    case syntax, manifests, plan, token, address, people

    func take(_ bytes: [UInt8]) {
        switch self {
        case .syntax: takeSyntax(bytes)
        case .manifests: takeManifests(bytes)
        case .plan: takePlan(bytes)
        case .token: takeToken(bytes)
        case .address: takeAddress(String(decoding: bytes, as: UTF8.self))
        case .people: _ = importedPeople(bytes)
        }
    }

    /// Every node lies in the file, and no more is said of it than a person reads.
    private func takeSyntax(_ bytes: [UInt8]) {
        var limits = Limits()
        limits.fileBytes = 1 << 16
        let file = SourceFile(path: "a.yaml", bytes: bytes)
        var sources = SourceMap()
        let id = sources.add(file)
        let (tree, diagnostics) = parse(file, as: id, limits: limits)
        precondition(diagnostics.count <= 20, "at most twenty mistakes of a file are told")
        for diagnostic in diagnostics { _ = sources.resolved(diagnostic) }
        for document in tree.documents { visit(document, bytes.count, depth: 0) }
    }

    private func visit(_ node: Node, _ size: Int, depth: Int) {
        precondition(depth <= 64, "the nesting is limited")
        precondition(
            0 <= node.span.start && node.span.start <= node.span.end && node.span.end <= size,
            "a node lies in its file")
        switch node.kind {
        case .scalar:
            let isFine = node.text.unicodeScalars.allSatisfy { $0 != "\0" && $0 != "\u{202E}" }
            precondition(isFine, "no refused character is in a value")
        case .sequence: for element in node.elements { visit(element, size, depth: depth + 1) }
        case .mapping:
            for (key, value) in node.entries {
                visit(key, size, depth: depth + 1)
                visit(value, size, depth: depth + 1)
            }
        }
    }

    /// The same file gives the same mistakes, whatever the order in which files are read.
    private func takeManifests(_ bytes: [UInt8]) {
        guard let now = Instant(rfc3339: "2026-11-22T10:00:00Z") else { return }
        let project = """
            kind: Project
            name: p
            invitations: { from: a@acme.example, acceptURL: "https://access.acme.example/a" }
            """
        let files = [
            SourceFile(path: "muster.yaml", bytes: Array(project.utf8)),
            SourceFile(path: "a.yaml", bytes: bytes),
        ]
        let loaded = load(files, limits: Limits(), now: now, strict: true)
        let again = load(files.reversed(), limits: Limits(), now: now, strict: true)
        let findings = validation(of: loaded, at: now)
        precondition(
            findings.map(\.sentence) == validation(of: again, at: now).map(\.sentence),
            "the order of files has no meaning")
        // A project's own settings are read before anything else.
        _ = loadProject(SourceFile(path: "muster.yaml", bytes: bytes), limits: Limits(), now: now)
    }

    /// A file with an id that fits is understood to the last byte or refused; without one it is
    /// refused.
    private func takePlan(_ bytes: [UInt8]) {
        _ = JSON(bytes: bytes)
        let head = Array("{\n  \"format\": \"muster.plan/1\",\n  \"id\": \"sha256:".utf8)
        var file = bytes
        guard bytes.starts(with: head), bytes.count > head.count + 64 else {
            guard case .failure = PlanDocument.decoded(bytes) else {
                preconditionFailure("a plan begins with its format and its id")
            }
            return
        }
        let place = head.count..<head.count + 64
        file.replaceSubrange(place, with: Array(repeating: UInt8(ascii: "0"), count: 64))
        let digits = Array("0123456789abcdef".utf8)
        file.replaceSubrange(
            place,
            with: SHA256.hash(data: file).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
        if case .success(let document) = PlanDocument.decoded(file) {
            let written = PlanDocument.encoded(document.report, maskingMobiles: false).bytes
            precondition(written == file, "what is understood is all that the file says")
        }
    }

    private func takeToken(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let hash = tokenHash(text)
        precondition(hash.utf8.count == 64 && isSameHash(hash, hash), "a hash is one")
        if hasShapeOfToken(text) { precondition(text.utf8.allSatisfy { $0 < 0x7F }) }
        if let key = try? InvitationKey(text: text) {
            let token = key.token(store: text, invitation: text, generation: bytes.count)
            precondition(hasShapeOfToken(token), "a token looks like one")
        }
        _ = try? InvitationKey(fileContents: bytes)
    }

    /// What is canonical stays as it is, and instants are read back as they are written.
    private func takeAddress(_ text: String) {
        if case .success(let email) = EmailAddress.parse(text) {
            guard case .success(let again) = EmailAddress.parse(email.canonical) else {
                preconditionFailure("the canonical form is an address")
            }
            precondition(
                Array(again.canonical.utf8) == Array(email.canonical.utf8),
                "the canonical form is its own")
            precondition(email.canonical.utf8.count <= 254, "an address is short")
        }
        _ = Mailbox.parse(text)
        for instant in [Instant(rfc3339: text), Instant(date: text)] {
            guard let instant else { continue }
            precondition(Instant(rfc3339: instant.text) == instant, "an instant is read back")
        }
    }
}
