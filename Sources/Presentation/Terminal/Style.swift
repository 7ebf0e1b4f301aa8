/// How text for a terminal is dressed: with ANSI colours, or not at all.
package struct Style: Hashable, Sendable {
    package var colour: Bool

    package init(colour: Bool) { self.colour = colour }

    package static let plain = Style(colour: false)
    package static let coloured = Style(colour: true)

    /// The parameters of a "select graphic rendition" sequence (ECMA-48).
    enum Ink: String {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
        case blue = "34"
        case boldRed = "1;31"
        case boldYellow = "1;33"
        case boldGreen = "1;32"
    }

    func painted(_ text: String, _ ink: Ink) -> String {
        colour && !text.isEmpty ? "\u{1B}[\(ink.rawValue)m\(text)\u{1B}[0m" : text
    }
}
