internal import Glibc
internal import SQLStorage
internal import Storage

/// The store's one lock: `flock` on a file beside it, whose text tells the holder.
///
/// The kernel lets go of it when the process ends, however it ends. The file is taken away with the
/// lock, so that nothing is left of a run that did nothing.
actor FileLock: StoreLock {
    private let path: String
    /// Folders that were made for it, deepest last; empty ones go again.
    private let folders: [String]
    private var descriptor: Int32?

    private init(path: String, folders: [String], descriptor: Int32) {
        self.path = path
        self.folders = folders
        self.descriptor = descriptor
    }

    deinit {
        if let descriptor { close(descriptor) }
    }

    func release() {
        guard let descriptor else { return }
        self.descriptor = nil
        unlink(path)
        close(descriptor)
        for folder in folders.reversed() { rmdir(folder) }
    }

    /// Tries once; `nil` when somebody else has it.
    static func take(
        _ file: StoreFile, holder: LockHolder
    ) throws(StoreError) -> FileLock? {
        let folders = try file.makeFolder()
        while true {
            let descriptor = open(
                file.lockPath, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard descriptor >= 0 else {
                // The folder went with somebody else's lock.
                if errno == ENOENT { return nil }
                throw file.failure(errno)
            }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                let code = errno
                close(descriptor)
                guard code == EWOULDBLOCK || code == EINTR else { throw file.failure(code) }
                return nil
            }
            // Its last holder may have taken the file away before we had it.
            guard isSame(descriptor, file.lockPath) else {
                close(descriptor)
                continue
            }
            write(holder, to: descriptor)
            return FileLock(path: file.lockPath, folders: folders, descriptor: descriptor)
        }
    }

    private static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
        var held = stat()
        var named = stat()
        return fstat(descriptor, &held) == 0 && stat(path, &named) == 0
            && held.st_ino == named.st_ino && held.st_dev == named.st_dev
    }

    /// What is written is for people: a failure to write it does not weaken the lock.
    private static func write(_ holder: LockHolder, to descriptor: Int32) {
        let bytes = holder.note
        guard !bytes.isEmpty, ftruncate(descriptor, 0) == 0 else { return }
        _ = pwrite(descriptor, bytes, bytes.count, 0)
    }

    /// Who has the lock, as far as the file tells; `nil` when nobody has, whatever a dead process
    /// wrote there.
    static func holder(of file: StoreFile) -> LockHolder? {
        let descriptor = open(file.lockPath, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return count > 0 ? LockHolder(note: bytes.prefix(count)) : nil
    }
}
