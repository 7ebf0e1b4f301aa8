import Glibc
import Testing

/// A message as Python's `email` package reads it: an independent judge of what mail programs see.
struct PythonMail {
    /// Its lines: `subject`, `from`, `to` …, then the parts; `nil` where there is no python3.
    static func read(_ bytes: [UInt8]) throws -> [String: String]? {
        try read([bytes])?.first
    }

    /// Many of them, by one python3.
    static func read(_ messages: [[UInt8]]) throws -> [[String: String]]? {
        let folder = temporaryFolder()
        defer { removeFolder(folder) }
        for (number, bytes) in messages.enumerated() {
            try write(bytes, to: "\(folder)/\(number).message")
        }
        try write(Array(script.utf8), to: folder + "/read.py")
        let command = "python3 \(folder)/read.py \(folder) \(messages.count) 2>&1"
        guard let pipe = popen(command, "r") else { return nil }
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&buffer, 1, buffer.count, pipe)
            if count == 0 { break }
            output += buffer[..<count]
        }
        let status = pclose(pipe)
        if status >> 8 & 0xFF == 127 { return nil }
        // Messages end with GS, records with US, names with RS: none can be in a good message.
        return output.split(separator: 0x1D).map { message in
            var fields: [String: String] = ["status": String(status >> 8 & 0xFF)]
            for record in message.split(separator: 0x1F) {
                let pair = record.split(
                    separator: 0x1E, maxSplits: 1, omittingEmptySubsequences: false)
                let value = pair.count > 1 ? Array(pair[1]) : []
                fields[String(decoding: pair[0], as: UTF8.self)] = String(
                    decoding: value, as: UTF8.self)
            }
            return fields
        }
    }

    private static let script = """
        import re, sys, email, email.policy
        from email.header import decode_header, make_header
        from email.utils import parseaddr
        out = sys.stdout.buffer
        def say(name, value):
            out.write((name + "\\x1e" + str(value) + "\\x1f").encode("utf-8", "backslashreplace"))
        def tell(path):
            data = open(path, "rb").read()
            message = email.message_from_bytes(data, policy=email.policy.default)
            say("names", ",".join(message.keys()))
            say("defects", list(message.defects))
            for name in message.keys():
                say(name.lower(), message[name])
            # The old parser: the new one puts spaces between words of RFC 2047 (bpo-35547).
            old = email.message_from_bytes(data)
            name = parseaddr(old["to"].replace("\\n", ""))[0]
            say("to-name", make_header(decode_header(name)))
            # Fields as they must be: one each, and no line or word longer than it may be.
            subject = old["subject"].replace("\\n", "")
            say("subject-text", make_header(decode_header(subject)))
            say("longest", max(len(line) for line in data.split(b"\\n")))
            words = re.findall(rb"=\\?UTF-8\\?.*?\\?=", data.split(b"\\n\\n")[0])
            say("longest-word", max([len(word) for word in words], default=0))
            say("from-count", len(message["from"].addresses))
            say("reply-to-address", message["reply-to"].addresses[0].addr_spec)
            say("to-address", message["to"].addresses[0].addr_spec)
            say("to-count", len(message["to"].addresses))
            say("from-name", message["from"].addresses[0].display_name)
            say("from-address", message["from"].addresses[0].addr_spec)
            say("date", message["date"].datetime.isoformat())
            say("type", message.get_content_type())
            parts = list(message.iter_parts())
            say("parts", ",".join(p.get_content_type() for p in parts))
            for p in parts:
                say(p.get_content_type(), p.get_content())
                say("defects", list(p.defects) + list(message.defects))
            # Elements with the names of their attributes, as a browser's parser would count them.
            from html.parser import HTMLParser
            class Elements(HTMLParser):
                found, links = [], []
                def handle_starttag(self, tag, attributes):
                    self.found.append(" ".join([tag] + [name for name, _ in attributes]))
                    self.links += [value for name, value in attributes if name == "href"]
            elements = Elements()
            for p in parts:
                if p.get_content_type() == "text/html": elements.feed(p.get_content())
            say("elements", ",".join(elements.found))
            say("links", ",".join(elements.links))
        for number in range(int(sys.argv[2])):
            tell(f"{sys.argv[1]}/{number}.message")
            out.write(b"\\x1d")
        """
}

func temporaryFolder() -> String {
    var template = Array("/tmp/muster-test-XXXXXX".utf8CString)
    precondition(mkdtemp(&template) != nil, "a temporary folder can be made")
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

func removeFolder(_ path: String) {
    for name in contents(of: path) {
        if unlink(path + "/" + name) != 0 { removeFolder(path + "/" + name) }
    }
    rmdir(path)
}

func contents(of path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
            pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
}

func write(_ bytes: [UInt8], to path: String) throws {
    let file = try #require(fopen(path, "w"))
    defer { fclose(file) }
    #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
}

func read(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    return Array(buffer[..<fread(&buffer, 1, buffer.count, file)])
}
