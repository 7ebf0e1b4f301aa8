import AccessModel
import Synchronization
import Testing

@Suite("Work in the background")
struct BackgroundWorkTests {
    private struct Failure: Error { var piece: Int }

    @Test("is done in the order in which it was given, none after one that failed")
    func order() {
        for failing in [1, 40, 99, 100] {
            let work = BackgroundWork<Failure>(limit: 3)
            let done = Mutex<[Int]>([])
            for piece in 0..<100 {
                work.add { () throws(Failure) in
                    if piece == failing { throw Failure(piece: piece) }
                    done.withLock { $0.append(piece) }
                }
            }
            #expect(work.finish()?.piece == (failing < 100 ? failing : nil))
            #expect(done.withLock { $0 } == Array(0..<failing))
            #expect(work.finish() == nil, "told once")
        }
    }

    @Test("goes on after a failure that was told")
    func again() {
        let work = BackgroundWork<Failure>(limit: 1)
        work.add { () throws(Failure) in throw Failure(piece: 0) }
        #expect(work.finish() != nil)
        let isDone = Mutex(false)
        work.add { () throws(Failure) in isDone.withLock { $0 = true } }
        #expect(work.finish() == nil)
        #expect(isDone.withLock { $0 })
    }
}
