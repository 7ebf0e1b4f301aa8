internal import Diagnostics

/// A short text whose words are ours and whose values come from manifests or the store, so that
/// each format can dress and escape the values in its own way.
struct Phrase: Hashable, ExpressibleByStringInterpolation {
    enum Piece: Hashable {
        case words(String)
        case value(String)
    }

    struct StringInterpolation: StringInterpolationProtocol {
        var pieces: [Piece] = []

        init(literalCapacity: Int, interpolationCount: Int) {}
        mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { pieces.append(.words(literal)) }
        }
        mutating func appendInterpolation(_ value: String) { pieces.append(.value(value)) }
        mutating func appendInterpolation(words: String) { pieces.append(.words(words)) }
        mutating func appendInterpolation(_ phrase: Phrase) { pieces += phrase.pieces }
    }

    var pieces: [Piece]

    init(stringLiteral value: String) { pieces = [.words(value)] }
    init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }
    init(pieces: [Piece] = []) { self.pieces = pieces }

    static func + (a: Phrase, b: Phrase) -> Phrase { Phrase(pieces: a.pieces + b.pieces) }

    /// As a line of text.
    var text: String {
        pieces.map { piece in
            switch piece {
            case .words(let words): words
            case .value(let value): escapedForTerminal(value)
            }
        }.joined()
    }

    var isEmpty: Bool { pieces.isEmpty }
}

extension Sequence<Phrase> {
    func joined(_ separator: String) -> Phrase {
        var pieces: [Phrase.Piece] = []
        for phrase in self {
            if !pieces.isEmpty { pieces.append(.words(separator)) }
            pieces += phrase.pieces
        }
        return Phrase(pieces: pieces)
    }
}
