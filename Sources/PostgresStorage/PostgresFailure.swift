internal import SQLStorage

/// What a server answered, in the terms that every engine has.
struct PostgresFailure {
    /// SQLSTATE; empty when the server said nothing.
    var state: String
    var message: String
    var detail: String?
    var isLost: Bool
    /// The whole server broke down: what became of a commit is known to nobody, whatever the cause.
    var isPanic = false

    var failure: SQLFailure {
        guard !isPanic else { return .lost(message) }
        switch state {
        case "40001", "40P01": return .conflict
        case "55P03": return .busy
        case "53100": return .full
        case "25006": return .readOnly
        case "XX001", "XX002": return .damaged(message)
        // Somebody ended the session, or the server goes down or comes up.
        case "57P01", "57P02", "57P03", "57P05", "25P03", "40003": return .lost(message)
        default: break
        }
        // Without a state it is libpq that speaks, which may notice later that the server has gone.
        if isLost || state.isEmpty || state.hasPrefix("08") {
            return .lost(message.isEmpty ? "the connection was lost" : message)
        }
        if state.hasPrefix("23") {
            // For these the detail is the whole row, mobile and all.
            let holdsRow = ["23502", "23514"].contains(state)
            return .constraint(
                [message, holdsRow ? nil : detail].compactMap(\.self).joined(separator: ": "))
        }
        return .other("\(message) (PostgreSQL \(state))")
    }
}
