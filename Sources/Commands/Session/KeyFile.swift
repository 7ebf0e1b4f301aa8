import CLinux
import Glibc
import Invitations
import Reconciliation

/// The key that invitation links derive from: `MUSTER_INVITATION_KEY`, or for SQLite stores the
/// file `.muster/invitation.key`, made on first use with mode 0600.
///
/// The key belongs to the store, not to a checkout: two folders that share a store by `--store`
/// share its links. So the file lies in the `.muster` that holds the store, or in one beside it.
struct KeyFile: InvitationKeySource {
    let location: Adapters.StoreLocation

    private var path: String {
        guard case .sqlite(let store) = location else { return "" }
        let folder = store.lastIndex(of: "/").map { String(store[..<$0]) } ?? "."
        return folder.hasSuffix("/.muster")
            ? folder + "/invitation.key" : folder + "/.muster/invitation.key"
    }

    /// Where the key comes from: the variable wins, and only embedded stores have a file.
    var place: CopyReport.KeyPlace {
        if let text = variable("MUSTER_INVITATION_KEY"), !text.isEmpty { return .variable }
        return path.isEmpty ? .variable : .file(path)
    }

    private var folder: String { String(path.dropLast("/invitation.key".count)) }

    func key(mayCreate: Bool) throws(KeyProblem) -> InvitationKey {
        if let text = variable("MUSTER_INVITATION_KEY"), !text.isEmpty {
            do {
                return try InvitationKey(text: text)
            } catch {
                throw .unusable("MUSTER_INVITATION_KEY is too short; 32 bytes are the least")
            }
        }
        guard case .sqlite = location else { throw .missing("set MUSTER_INVITATION_KEY") }
        if let contents = try contents() {
            do {
                return try InvitationKey(fileContents: contents)
            } catch {
                throw .unusable("\(path) is too short; 32 bytes are the least")
            }
        }
        guard mayCreate else { throw .missing("\(path) is not there; bring it back from a copy") }
        var source = SystemRandomNumberGenerator()
        let key = InvitationKey(using: &source)
        try write(key)
        return key
    }

    /// The file's bytes; `nil` when there is none.
    private func contents() throws(KeyProblem) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw .unusable("\(path) cannot be read: \(reason())")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .unusable("\(path) is no file")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw .unusable("\(path) is open to others; chmod 600 it")
        }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &buffer, buffer.count)
        guard count >= 0 else { throw .unusable("\(path) cannot be read: \(reason())") }
        return Array(buffer.prefix(count))
    }

    /// Written beside and moved to where nothing is, so that nobody ever reads half a key and
    /// nothing of it is left beside it.
    private func write(_ key: InvitationKey) throws(KeyProblem) {
        mkdir(folder, 0o700)
        removeDrafts(of: path)
        let draft = "\(path).\(getpid()).draft"
        do throws(FileFailure) {
            try write(Array(key.fileText.utf8), to: draft)
        } catch {
            unlink(draft)
            throw .unusable("it cannot be made at \(error.message.dropLast())")
        }
    }

    private func write(_ bytes: [UInt8], to draft: String) throws(FileFailure) {
        try writePrivately(bytes, to: draft)
        var answer = renameat2(
            AT_FDCWD, draft, AT_FDCWD, path, UInt32(MUSTER_RENAME_NOREPLACE))
        if answer != 0, errno == EINVAL || errno == ENOSYS {
            // A file system that cannot.
            answer = link(draft, path)
            if answer == 0 { unlink(draft) }
        }
        guard answer == 0 else { throw FileFailure(path) }
    }

    private func reason() -> String { String(cString: strerror(errno)) }
}
