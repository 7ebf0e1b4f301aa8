import AccessModel
import SQLStorage
import Storage
import Testing

@Suite("The note beside a lock") struct LockNoteTests {
    @Test("tells the holder again, whatever the holder is called")
    func same() {
        let holder = LockHolder(
            actor: "ann@acme.example", systemUser: "a \"b\" */ \u{1B}é", host: "build-1",
            process: 4_711, since: Instant(seconds: 1_800_000_000))
        #expect(LockHolder(note: holder.note) == holder)
    }

    @Test("says nothing where it is cut, or is something else")
    func cut() {
        let note = LockHolder(
            actor: "a", systemUser: "b", host: "c", process: 1, since: Instant(seconds: 0)
        ).note
        for length in 0..<note.count { #expect(LockHolder(note: note.prefix(length)) == nil) }
        #expect(LockHolder(note: Array("[]".utf8)) == nil)
    }
}
