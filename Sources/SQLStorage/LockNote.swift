internal import AccessModel
internal import FoundationEssentials
package import Storage

extension LockHolder {
    /// How the holder is written beside a lock, for whoever waits: JSON with the names below.
    /// Empty when it cannot be written, which does not weaken the lock.
    package var note: [UInt8] {
        let note = Note(
            actor: actor, systemUser: systemUser, host: host, process: process, since: since.text)
        return (try? JSONEncoder().encode(note)).map { [UInt8]($0) } ?? []
    }

    /// - Parameter note: `nil` comes of anything but a note.
    package init?(note bytes: some Sequence<UInt8>) {
        guard let note = try? JSONDecoder().decode(Note.self, from: Data(bytes)),
            let since = Instant(rfc3339: note.since)
        else { return nil }
        self.init(
            actor: note.actor, systemUser: note.systemUser, host: note.host,
            process: note.process, since: since)
    }

    private struct Note: Codable {
        var actor: String
        var systemUser: String
        var host: String
        var process: Int32
        var since: String
    }
}
