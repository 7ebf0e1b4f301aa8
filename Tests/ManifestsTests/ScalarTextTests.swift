import Manifests
import Testing

@Suite("A scalar that is written") struct ScalarTextTests {
    @Test(
        "is plain where nobody takes it for something else, and otherwise quoted",
        arguments: [
            ("ann@acme.example", "ann@acme.example"), ("no", "\"no\""), ("1e3", "\"1e3\""),
            ("Bóbé O'Cee", "Bóbé O'Cee"), ("a \"b\" \\", #""a \"b\" \\""#), ("", "\"\""),
            ("x\ny", #""x\ny""#),
        ])
    func text(_ text: String, _ written: String) { #expect(scalarText(text) == written) }

    @Test("shows what nobody would see: controls, separators of lines, format characters")
    func unseen() {
        #expect(
            scalarText("a\u{1B}[31m\u{0}\u{85}\u{2028}\u{202E}\u{200B}\u{E0041}b")
                == #""a\u001B[31m\u0000\u0085\u2028\u202E\u200B\U000E0041b""#)
    }
}
