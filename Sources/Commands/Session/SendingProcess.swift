import AccessModel
import Glibc
import Reconciliation

/// This process as the claims on letters name it: boot, process namespace, number and start time.
/// So whoever comes later on this machine knows whether it still runs, and takes no other process
/// of the same number for it.
struct SendingProcess {
    private let boot: String
    private let namespace: String
    private let number: String
    private let start: String

    init() {
        boot = contents("/proc/sys/kernel/random/boot_id") ?? "unknown"
        namespace = target("/proc/self/ns/pid") ?? "unknown"
        number = String(getpid())
        start = startTime(number) ?? "unknown"
    }

    private init?(_ name: String) {
        let parts = name.split(separator: " ").map(String.init)
        guard parts.count == 5 else { return nil }
        (boot, namespace, number, start) = (parts[0], parts[1], parts[2], parts[3])
    }

    /// For one round of sending.
    var claimant: Claimant {
        var source = SystemRandomNumberGenerator()
        let nonce = String(source.next(), radix: 16)
        let name = [boot, namespace, number, start, nonce].joined(separator: " ")
        let (boot, namespace) = (boot, namespace)
        return Claimant(
            name: name,
            hasEnded: { name in
                // Of other machines nothing is known; there the claim must lapse.
                guard let other = SendingProcess(name), boot != "unknown", namespace != "unknown",
                    other.boot == boot, other.namespace == namespace, other.start != "unknown"
                else { return false }
                return startTime(other.number) != other.start
            },
            time: {
                var time = timespec()
                clock_gettime(CLOCK_REALTIME, &time)
                return Instant(seconds: Int64(time.tv_sec))
            })
    }
}

/// When a process started, in ticks since the boot; `nil` when there is none of that number.
private func startTime(_ number: String) -> String? {
    guard let status = contents("/proc/\(number)/stat"),
        let name = status.lastIndex(of: ")")
    else { return nil }
    // The second field, a name in parentheses, may hold anything; the 22nd is the 20th after it.
    let fields = status[status.index(after: name)...].split(separator: " ")
    // One that has ended and waits for its parent sends nothing.
    guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
    return String(fields[19])
}

/// The first line of a small file.
private func contents(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &buffer, buffer.count)
    guard count > 0 else { return nil }
    let line = buffer[..<count].prefix { $0 != UInt8(ascii: "\n") }
    return String(decoding: line, as: UTF8.self)
}

private func target(_ path: String) -> String? {
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = buffer.withUnsafeMutableBytes {
        readlink(path, $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count)
    }
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
}
