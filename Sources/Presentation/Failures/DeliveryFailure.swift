package import Diagnostics

/// Mail that did not leave. The reason is what the transport said, without a full stop.
///
/// - Parameter address: where the mail was to go; `nil` when nothing can leave at the moment.
package func deliveryDiagnostic(
    reason: String, for address: String?, isPermanent: Bool = false
) -> ResolvedDiagnostic {
    guard let address else {
        return .failure(
            "delivery", "no mail can leave at the moment: \(reason).",
            help: "It is kept; `muster outbox flush` sends it.")
    }
    return isPermanent
        ? .failure(
            address, "the mail was refused for good: \(reason).",
            help: "Correct the address in the manifest, or run `muster invitation resend`.")
        : .failure(
            address, "the mail did not leave: \(reason).",
            help: "It is kept; `muster outbox flush` sends it.")
}

/// "1 letter is in .muster/mail; nobody has received it."
package func localDeliveryNotice(letters: Int, folder: String) -> String {
    letters == 1
        ? "1 letter is in \(folder); nobody has received it."
        : "\(grouped(letters)) letters are in \(folder); nobody has received them."
}
