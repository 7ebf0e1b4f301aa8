internal import AccessModel
internal import Glibc
package import Invitations

/// Letters into a maildir, as D. J. Bernstein's format has it: written to `tmp` and renamed
/// into `new`. Folders are made with mode 0700, letters with 0600, with LF line ends.
///
/// A letter's file name follows from its date and Message-ID, so a repeat after a crash replaces
/// the first copy; one that a mail program has already moved to `cur` is not delivered again.
package struct MaildirTransport: MailTransport {
    private let path: String

    /// The folder need not exist; its parents are made as well.
    package init(path: String) {
        let trimmed = path.utf8.reversed().drop { $0 == UInt8(ascii: "/") }.reversed()
        self.path = trimmed.isEmpty ? path : String(decoding: Array(trimmed), as: UTF8.self)
    }

    /// - Throws: `unavailable` when there is no such folder and none can be made, `temporary` when
    ///   the letter cannot be written; then nothing of it is left behind.
    package func send(_ message: OutgoingMessage) async throws(DeliveryError) {
        try deliver(message)
    }

    /// A repeat replaces its file, and the disk is slow.
    package var lettersPerRecord: Int { 200 }

    package func settle() async throws(DeliveryError) {
        do throws(SystemError) {
            try synchroniseFileSystem(of: path + "/new")
        } catch {
            throw .temporary(reason: "\(path) cannot be synchronised: \(error)")
        }
    }

    /// The name that a message has in `new`.
    package static func fileName(of message: OutgoingMessage) -> String {
        let safe = message.messageID.utf8.prefix { $0 != UInt8(ascii: "@") }.prefix(128).map {
            byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                byte
            default: UInt8(ascii: "_")
            }
        }
        return "\(message.date.seconds).\(String(decoding: safe, as: UTF8.self)).muster"
    }

    private func deliver(_ message: OutgoingMessage) throws(DeliveryError) {
        for folder in [path, path + "/tmp", path + "/new", path + "/cur"] {
            do throws(SystemError) {
                try makeFolder(folder)
            } catch {
                throw .unavailable(reason: "\(folder) cannot be used: \(error)")
            }
        }
        let name = Self.fileName(of: message)
        let temporary = "\(path)/tmp/\(name).\(getpid())"
        do throws(SystemError) {
            if try folderHolds(name, in: path + "/cur") { return }
            // What a process left that was killed while it wrote this letter.
            for half in try names(in: path + "/tmp") where half.hasPrefix(name + ".") {
                unlink("\(path)/tmp/\(half)")
            }
            try writeFile(message.bytes, to: temporary)
            try move(temporary, to: "\(path)/new/\(name)")
        } catch {
            unlink(temporary)
            throw .temporary(reason: "the letter cannot be written into \(path): \(error)")
        }
    }
}
