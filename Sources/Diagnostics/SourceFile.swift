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

    package init() {}

    package mutating func add(_ file: SourceFile) -> FileID {
        files.append(file)
        return FileID(files.count - 1)
    }

    package subscript(id: FileID) -> SourceFile { files[Int(id.index)] }

    /// Where a span begins. Lines end with LF, CRLF or a lone CR; columns count code points.
    package func location(of span: Span) -> Location {
        let file = self[span.file]
        let (line, start) = lineStart(of: Int(span.start), in: file.bytes)
        let column = file.bytes[start..<min(Int(span.start), file.bytes.count)]
            .count { $0 & 0xC0 != 0x80 }
        return Location(file: file.path, line: line, column: column + 1)
    }

    /// The bytes of the line a span begins on, without its end.
    package func line(of span: Span) -> ArraySlice<UInt8> {
        let bytes = self[span.file].bytes
        let (_, start) = lineStart(of: Int(span.start), in: bytes)
        let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.endIndex
        return bytes[start..<end]
    }

    private func lineStart(of offset: Int, in bytes: [UInt8]) -> (line: Int, start: Int) {
        var line = 1
        var start = 0
        var index = 0
        let end = min(offset, bytes.count)
        while index < end {
            let byte = bytes[index]
            index += 1
            if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A {
                if index == end { break }
                index += 1
            }
            if byte == 0x0A || byte == 0x0D {
                line += 1
                start = index
            }
        }
        return (line, start)
    }
}
