internal import Synchronization

/// Which file of a project a span is in: its place in the `SourceMap`.
package struct FileID: Hashable, Sendable, Comparable {
    package let index: Int32

    package init(_ index: Int) { self.index = Int32(index) }

    package static func < (a: Self, b: Self) -> Bool { a.index < b.index }
}

/// A half-open range of bytes in one file.
package struct Span: Hashable, Sendable {
    package let file: FileID
    package let start: Int32
    package let end: Int32

    package init(file: FileID, start: Int, end: Int) {
        self.file = file
        self.start = Int32(start)
        self.end = Int32(max(start, end))
    }
}

/// A place as people and editors name it: 1-based, columns in code points.
package struct Location: Hashable, Sendable {
    package let file: String
    package let line: Int
    package let column: Int

    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }
}

/// The bytes of one manifest and its path below the project's root.
package struct SourceFile: Sendable {
    package let path: String
    package let bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}

/// All files that were read, so that a span can be shown.
package struct SourceMap: Sendable {
    package private(set) var files: [SourceFile] = []
    private var indices: [LineIndex] = []

    package init() {}

    package mutating func add(_ file: SourceFile) -> FileID {
        files.append(file)
        indices.append(LineIndex())
        return FileID(files.count - 1)
    }

    package subscript(id: FileID) -> SourceFile { files[Int(id.index)] }

    /// Where a span begins. Lines end with LF, CRLF or a lone CR; columns count code points.
    package func location(of span: Span) -> Location {
        let file = self[span.file]
        let (line, start) = lineStart(of: span)
        let column = file.bytes[start..<max(start, min(Int(span.start), file.bytes.count))]
            .count { $0 & 0xC0 != 0x80 }
        return Location(file: file.path, line: line, column: column + 1)
    }

    /// The bytes of the line a span begins on, without its end.
    package func line(of span: Span) -> ArraySlice<UInt8> {
        let bytes = self[span.file].bytes
        let start = lineStart(of: span).start
        let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.endIndex
        return bytes[start..<end]
    }

    /// The line, from 1, that holds the first byte of a span, and where it starts.
    private func lineStart(of span: Span) -> (line: Int, start: Int) {
        let file = self[span.file]
        let starts = indices[Int(span.file.index)].starts(in: file.bytes)
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= span.start { low = middle } else { high = middle }
        }
        return (low + 1, Int(starts[low]))
    }
}

/// Where the lines of one file start; found when it is first asked for, for most files never are.
private final class LineIndex: Sendable {
    private let known = Mutex<[Int32]?>(nil)

    func starts(in bytes: [UInt8]) -> [Int32] {
        known.withLock { known in
            if let known { return known }
            var starts: [Int32] = [0]
            for (index, byte) in bytes.enumerated() {
                let next = index + 1
                let isCRLF = byte == 0x0D && next < bytes.count && bytes[next] == 0x0A
                if byte == 0x0A || byte == 0x0D && !isCRLF { starts.append(Int32(next)) }
            }
            known = starts
            return starts
        }
    }
}
