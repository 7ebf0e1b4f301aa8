import Glibc

/// One parser and the bytes that it must survive.
///
///     fuzzing TARGET FILE…      tries each file once, and says which
///     fuzzing TARGET OPTIONS…   with libFuzzer in it (Tests/fuzz): searches
@main struct Fuzzing {
    static func main() {
        let words = CommandLine.arguments
        guard words.count > 1, let target = FuzzTarget(rawValue: words[1]) else {
            let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
            say("usage: fuzzing TARGET FILE…; the targets are \(names)")
            exit(64)
        }
        #if FUZZING
            search(target, [words[0]] + words.dropFirst(2))
        #else
            for path in words.dropFirst(2) {
                guard let bytes = contents(of: path) else {
                    say("\(path) cannot be read")
                    exit(1)
                }
                target.take(bytes)
                print("\(path): survived")
            }
        #endif
    }

    private static func say(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }

    private static func contents(of path: String) -> [UInt8]? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
            bytes += buffer[..<count]
        }
        return bytes
    }
}

#if FUZZING
    nonisolated(unsafe) private var searched = FuzzTarget.syntax

    @_silgen_name("LLVMFuzzerRunDriver")
    private func runDriver(
        _ count: UnsafeMutablePointer<Int32>,
        _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
        _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
    ) -> Int32

    /// libFuzzer's own loop, with its own options.
    private func search(_ target: FuzzTarget, _ words: [String]) {
        searched = target
        var count = Int32(words.count)
        let list = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(
            capacity: words.count + 1)
        for (index, word) in words.enumerated() { list[index] = strdup(word) }
        list[words.count] = nil
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = list
        exit(
            runDriver(&count, &arguments) { bytes, count in
                searched.take(Array(UnsafeBufferPointer(start: bytes, count: count)))
                return 0
            })
    }
#endif
