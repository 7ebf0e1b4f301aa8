import Diagnostics
import Testing

@Suite("Escaping for terminals")
struct EscapingTests {
    @Test(
        "what a terminal would act upon or not show becomes visible",
        arguments: [
            ("plain \\ text", "plain \\ text"), ("", ""), ("Zo\u{eb} 李 🙂", "Zo\u{eb} 李 🙂"),
            ("\u{1b}]0;x\u{7}", "\\u{1b}]0;x\\u{7}"),
            ("a\nb\tc\r\n", "a\\u{a}b\\u{9}c\\u{d}\\u{a}"),
            ("\u{9b}31m", "\\u{9b}31m"), ("\u{7f}\u{0}", "\\u{7f}\\u{0}"),
            ("\u{202e}x\u{2069}", "\\u{202e}x\\u{2069}"),
            ("a\u{200b}b\u{2028}", "a\\u{200b}b\\u{2028}"),
            ("\u{e0041}", "\\u{e0041}"), ("\u{ffff}\u{feff}", "\\u{ffff}\\u{feff}"),
        ])
    func escaping(text: String, expected: String) {
        #expect(Array(escapedForTerminal(text).unicodeScalars) == Array(expected.unicodeScalars))
    }
}
