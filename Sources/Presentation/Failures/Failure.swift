package import Diagnostics

/// The world failed: shown like a finding, without a place in a file. The code is empty where no
/// diagnostic has a page on it.
extension ResolvedDiagnostic {
    package static func failure(
        code: String = "", _ subject: String, _ message: String, help: String? = nil
    ) -> Self {
        ResolvedDiagnostic(
            code: code, severity: .error, subject: subject, message: message, help: help)
    }

    /// One that is about nothing but what the sentence names.
    package static func failure(
        code: String = "", _ message: String, help: String? = nil
    ) -> Self {
        failure(code: code, "", message, help: help)
    }
}
