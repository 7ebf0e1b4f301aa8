import CLibYAML

/// libyaml's events over bytes that stay where they are. The only place that handles its memory.
///
/// Its marks count characters; `offset(of:)` turns them into byte offsets of the file.
struct EventReader: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    let event: UnsafeMutablePointer<yaml_event_t>
    private let bytes: UnsafeBufferPointer<UInt8>
    private let start: Int
    private let isASCII: Bool
    private var cursor: (character: Int, byte: Int)

    /// `bytes` must outlive the reader; reading begins at `start`.
    init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isASCII: Bool) {
        parser = .allocate(capacity: 1)
        event = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        event.initialize(to: yaml_event_t())
        self.bytes = bytes
        self.start = start
        self.isASCII = isASCII
        cursor = (0, start)
        precondition(
            yaml_parser_initialize(parser) == 1, "libyaml gets the memory that it asks for")
        let text = UnsafeBufferPointer(rebasing: bytes[start...])
        yaml_parser_set_input_string(parser, text.baseAddress, text.count)
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    }

    deinit {
        yaml_event_delete(event)
        yaml_parser_delete(parser)
        event.deallocate()
        parser.deallocate()
    }

    /// Reads the next event into `event`, freeing the one before. False on a syntax error.
    mutating func next() -> Bool {
        yaml_event_delete(event)
        return yaml_parser_parse(parser, event) == 1
    }

    /// What libyaml says after `next()` was false.
    mutating func failure() -> (problem: String, at: Int, contextAt: Int) {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? ""
        let at = offset(of: parser.pointee.problem_mark)
        return (problem, at, offset(of: parser.pointee.context_mark))
    }

    mutating func offset(of mark: yaml_mark_t) -> Int {
        isASCII ? min(start + mark.index, bytes.count) : walk(to: mark.index)
    }

    /// The byte of a character, going from the one asked for before: marks hardly ever jump.
    private mutating func walk(to character: Int) -> Int {
        var (current, byte) = cursor
        while current < character, byte < bytes.count {
            byte += 1
            while byte < bytes.count, bytes[byte] & 0xC0 == 0x80 { byte += 1 }
            current += 1
        }
        while current > character, byte > start {
            byte -= 1
            while byte > start, bytes[byte] & 0xC0 == 0x80 { byte -= 1 }
            current -= 1
        }
        cursor = (current, byte)
        return byte
    }
}
