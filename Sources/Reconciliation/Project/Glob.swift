/// A pattern for paths below the root, as in `ignore`: `*` and `?` stay within one name, `**` spans
/// any number of folders. A pattern without a slash fits names at any depth, one that names a
/// folder fits all that is in it.
package struct Glob: Hashable, Sendable {
    private let parts: [[UInt8]]

    package init(_ pattern: String) {
        var text = pattern[...]
        while text.hasPrefix("./") { text = text.dropFirst(2) }
        let isAnchored = text.dropLast(text.hasSuffix("/") ? 1 : 0).contains("/")
        var parts = text.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
        if !isAnchored, !parts.isEmpty { parts.insert(Self.anyDepth, at: 0) }
        // `**/**` says nothing more than `**`, and would be tried in many ways.
        self.parts = parts.enumerated()
            .filter {
                $0.offset == 0 || $0.element != Self.anyDepth
                    || parts[$0.offset - 1] != Self.anyDepth
            }
            .map(\.element)
    }

    /// Does it fit the path, or a folder that the path is in?
    package func matches(_ path: String) -> Bool {
        let names = path.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
        // reached[j]: the first j parts fit the names seen so far.
        var reached = [Bool](repeating: false, count: parts.count + 1)
        reached[0] = !parts.isEmpty
        skip(&reached)
        for name in names {
            var next = [Bool](repeating: false, count: parts.count + 1)
            for (index, part) in parts.enumerated() where reached[index] {
                if part == Self.anyDepth {
                    next[index] = true
                } else if Self.fits(part, name) {
                    next[index + 1] = true
                }
            }
            // A last `**` asks for something below.
            if parts.last == Self.anyDepth, next[parts.count - 1] { next[parts.count] = true }
            skip(&next)
            if next[parts.count] { return true }
            reached = next
        }
        return false
    }

    private static let anyDepth = Array("**".utf8)

    /// `**` also fits no folder at all, except at the end.
    private func skip(_ reached: inout [Bool]) {
        for index in parts.indices.dropLast() where reached[index] && parts[index] == Self.anyDepth
        {
            reached[index + 1] = true
        }
    }

    /// Does one name fit one part? Goes back to the last `*` only, so that it takes no longer than
    /// the product of both lengths.
    private static func fits(_ part: [UInt8], _ name: [UInt8]) -> Bool {
        let scalars = Array(String(decoding: name, as: UTF8.self).unicodeScalars)
        let pattern = Array(String(decoding: part, as: UTF8.self).unicodeScalars)
        var (i, j) = (0, 0)
        var star: (pattern: Int, name: Int)?
        while j < scalars.count {
            if i < pattern.count, pattern[i] == "*" {
                star = (i + 1, j)
                i += 1
            } else if i < pattern.count, pattern[i] == "?" || pattern[i] == scalars[j] {
                (i, j) = (i + 1, j + 1)
            } else if let last = star {
                star = (last.pattern, last.name + 1)
                (i, j) = (last.pattern, last.name + 1)
            } else {
                return false
            }
        }
        return pattern[i...].allSatisfy { $0 == "*" }
    }
}
