internal import AccessModel
internal import Diagnostics
internal import Logging

/// The service's log: a line for each event on standard error, with the time in front, as a
/// journal or a collector reads it. Values are escaped.
struct LineLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    let now: @Sendable () -> Instant
    let write: @Sendable (String) -> Void

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let metadata = metadata.merging(event.metadata ?? [:]) { $1 }
        let values = metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\(text(of: $0.value))" }
        let words = [now().text, event.level.rawValue, escapedForTerminal("\(event.message)")]
        write((words + values).joined(separator: " ") + "\n")
    }

    private func text(of value: Logger.MetadataValue) -> String {
        let text = escapedForTerminal("\(value)")
        return text.contains(" ") || text.isEmpty
            ? "\"\(text.replacing("\"", with: "\\\""))\"" : text
    }
}
