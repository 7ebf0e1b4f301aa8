/// The arguments as the parser wants them.
///
/// - Options that every command has may stand before it, as in `muster -C DIR plan`; they go
///   behind it.
/// - A token may begin with `-`; it goes behind `--`, so that it is no option.
func arranged(_ arguments: [String]) -> [String] {
    var rest = arguments[...]
    var leading: [String] = []
    while let word = rest.first {
        if flagsOfEveryCommand.contains(word) {
            leading.append(rest.removeFirst())
        } else if optionsOfEveryCommand.contains(word), rest.count > 1 {
            leading += rest.prefix(2)
            rest = rest.dropFirst(2)
        } else if optionsOfEveryCommand.contains(where: { word.hasPrefix($0 + "=") }) {
            leading.append(rest.removeFirst())
        } else {
            break
        }
    }
    guard let command = rest.first, !command.hasPrefix("-") else { return arguments }
    let end = rest.firstIndex(of: "--") ?? rest.endIndex
    let tokens = rest[..<end].filter(looksLikeToken)
    let words = rest[..<end].filter { !looksLikeToken($0) } + leading
    let operands = tokens + rest[end...].dropFirst()
    return operands.isEmpty ? words : words + ["--"] + operands
}

private let flagsOfEveryCommand: Set = ["--operator", "--quiet", "--verbose"]
private let optionsOfEveryCommand: Set = ["-C", "--store", "--as", "--format", "--color"]

/// 256 bits in base64url that an option parser would take for options.
private func looksLikeToken(_ word: String) -> Bool {
    word.utf8.count == 43 && word.hasPrefix("-")
        && word.utf8.allSatisfy { byte in
            switch byte {
            case 0x2D, 0x5F, 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: false
            }
        }
}
