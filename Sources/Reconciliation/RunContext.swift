package import AccessModel
package import Storage

/// Who runs, when and where: everything of the world that a use case may know besides its ports.
package struct RunContext: Sendable {
    package var actor: Actor
    package var now: Instant
    /// `MUSTER_CLOCK` replaces the present.
    package var underTestClock: Bool
    package var systemUser: String
    package var host: String
    package var process: Int32
    /// The CI run, as its environment names it.
    package var ci: String?
    /// So many random bytes.
    package var random: @Sendable (Int) -> [UInt8]

    package init(
        actor: Actor, now: Instant, underTestClock: Bool, systemUser: String, host: String,
        process: Int32, ci: String?, random: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.actor = actor
        self.now = now
        self.underTestClock = underTestClock
        self.systemUser = systemUser
        self.host = host
        self.process = process
        self.ci = ci
        self.random = random
    }

    /// 128 random bits as 32 hexadecimal digits.
    func newID() -> String { hexadecimal(random(16)) }

    /// A UUID of version 4 (RFC 9562 section 5.4).
    func newUUID() -> String {
        var bytes = random(16)
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = Array(hexadecimal(bytes))
        let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        return parts.map { String(digits[$0]) }.joined(separator: "-")
    }

    /// The record of a run that begins now.
    package func run(
        _ kind: RunRecord.Kind, project: String, actor: String? = nil, commit: String? = nil,
        plan: String? = nil
    ) -> RunRecord {
        RunRecord(
            kind: kind, actor: actor ?? self.actor.text, at: now, project: project,
            systemUser: systemUser, host: host, ci: ci, commit: commit, plan: plan)
    }

    package var holder: LockHolder {
        LockHolder(
            actor: actor.text, systemUser: systemUser, host: host, process: process, since: now)
    }
}

/// Lower-case hexadecimal digits.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(2 * bytes.underestimatedCount)
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            text.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
    }
    return String(decoding: text, as: UTF8.self)
}
