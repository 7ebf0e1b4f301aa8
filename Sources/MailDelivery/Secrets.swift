internal import Glibc
internal import Invitations

/// What deliveries need and no manifest may hold: variables of the environment, or files that one
/// of them names.
package struct Secrets: Sendable {
    /// `nil` for one that is not set or empty.
    private let variable: @Sendable (String) -> String?

    package init(variable: @escaping @Sendable (String) -> String?) {
        self.variable = { name in variable(name).flatMap { $0.isEmpty ? nil : $0 } }
    }

    package static let environment = Secrets { name in
        getenv(name).flatMap { String(validatingCString: $0) }
    }

    subscript(name: String) -> String? { variable(name) }

    /// The variable, or the contents of the file that the variable with `_FILE` at its end names,
    /// without the line break at their end.
    func secret(_ name: String) throws(DeliveryProblem) -> String? {
        if let value = variable(name) { return value }
        guard let path = variable(name + "_FILE") else { return nil }
        do throws(SystemError) {
            var bytes = try contents(of: path, limit: 64 << 10)
            while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
            guard !bytes.isEmpty, !bytes.contains(0),
                let text = String(validating: bytes, as: UTF8.self)
            else { throw SystemError(EINVAL) }
            return text
        } catch {
            throw DeliveryProblem("\(path), which \(name)_FILE names, is no secret: \(error)")
        }
    }
}
