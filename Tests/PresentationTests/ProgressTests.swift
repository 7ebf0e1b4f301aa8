import AccessModel
import Presentation
import Testing

@Suite("The line of a long work")
struct ProgressTests {
    @Test("tells how much is done, and from when it can be told how long the rest may take")
    func line() {
        func line(_ seconds: Double, _ counts: WorkCount.Count...) -> String {
            progressLine(
                "Planning", seconds: seconds, counts,
                lasting: Dictionary(uniqueKeysWithValues: counts.map { ($0.unit, seconds) }))
        }
        #expect(line(1.9) == "Planning … 1 s")
        let files = WorkCount.Count(.files, done: 412, total: 1_030)
        let users = WorkCount.Count(.users, done: 400_000)
        #expect(
            line(2, files, users)
                == "Planning … 2 s, 412 of 1,030 files, 400,000 users, about 3 s left")
        #expect(line(0.5, files) == "Planning … 0 s, 412 of 1,030 files")
        // The slowest unit decides; what is done takes no more time.
        let rows = WorkCount.Count(.rows, done: 1, total: 100)
        #expect(
            line(2, files, rows)
                == "Planning … 2 s, 412 of 1,030 files, 1 of 100 rows, about 198 s left")
        #expect(line(9, .init(.letters, done: 3, total: 3)) == "Planning … 9 s, 3 of 3 letters")
        #expect(line(9, .init(.steps, done: 0, total: 3)) == "Planning … 9 s")
    }

    @Test("is what the work tells to whoever watches, and to nobody else")
    func count() {
        #expect(WorkCount.watched == nil)
        let count = WorkCount()
        WorkCount.$watched.withValue(count) {
            WorkCount.watched?.begin(.steps, of: 3)
            WorkCount.watched?.advance(.steps, by: 2)
            WorkCount.watched?.advance(.users)
        }
        #expect(count.counts == [.init(.users, done: 1), .init(.steps, done: 2, total: 3)])
    }
}
