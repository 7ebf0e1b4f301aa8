package import AccessModel

/// Text as one line that may stand in a header or a sentence: whatever breaks lines, cannot be
/// seen or steers a terminal is a space.
func oneLine(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        let clean = textProblem(in: String(scalar), strictness: .name) == nil ? scalar : " "
        if clean == " ", result.last == " " || result.isEmpty { continue }
        result.append(clean)
    }
    if result.last == " " { result.removeLast() }
    return String(result)
}

/// A header field of free text: as it is when it is ASCII and short, else in words of RFC 2047.
func unstructuredField(_ name: String, _ text: String) -> String {
    let text = oneLine(text)
    let fits = name.utf8.count + 2 + text.utf8.count <= 76
    let isPlain = text.utf8.allSatisfy { $0 < 0x80 } && !text.contains("=?")
    return name + ": " + (fits && isPlain ? text : encodedWords(text))
}

/// A header field with one mailbox, folded before the address when the line would be long.
///
/// A local part that is not ASCII stays as it is (RFC 6532); the domain is in A-labels.
func mailboxField(_ name: String, _ mailbox: Mailbox) -> String {
    let address = addressForMail(mailbox.address)
    guard let phrase = mailbox.name.map(oneLine), !phrase.isEmpty else {
        return name + ": " + address
    }
    let shown = phraseForMail(phrase)
    let last = shown.split(separator: "\n").last?.utf8.count ?? 0
    let isLong = name.utf8.count + 2 + last + address.utf8.count + 3 > 76
    return name + ": " + shown + (isLong ? "\n <" : " <") + address + ">"
}

/// The local part as it was written, the domain as mail systems know it.
func addressForMail(_ address: EmailAddress) -> String {
    guard let at = address.spelling.utf8.lastIndex(of: UInt8(ascii: "@")) else {
        return address.canonical
    }
    let text = address.spelling[..<at] + "@" + address.domain
    return String(text.unicodeScalars.filter { $0.value > 0x20 && $0 != "<" && $0 != ">" })
}

/// The address as an envelope has it, without its angle brackets.
package func addressForEnvelope(_ address: EmailAddress) -> String { addressForMail(address) }

private func phraseForMail(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
    guard isPlain else { return encodedWords(text) }
    let isAtoms = text.unicodeScalars.allSatisfy { scalar in
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", " ", "-", "_", "'", "!", "+", "&": true
        default: false
        }
    }
    if isAtoms { return foldedAtSpaces(text) }
    var quoted = String.UnicodeScalarView("\"".unicodeScalars)
    for scalar in text.unicodeScalars {
        if scalar == "\"" || scalar == "\\" { quoted.append("\\") }
        quoted.append(scalar)
    }
    quoted.append("\"")
    return foldedAtSpaces(String(quoted))
}

/// The text with line breaks before some of its spaces, so that lines stay under 78 bytes where
/// they can. Whoever reads it takes the breaks out again.
private func foldedAtSpaces(_ text: String) -> String {
    var result = ""
    // "From: " or "To: " comes before.
    var width = 6
    for (number, word) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated()
    {
        if number > 0, width + 1 + word.utf8.count > 76, !word.isEmpty {
            result += "\n"
            width = 0
        }
        result += (number > 0 ? " " : "") + word
        width += word.utf8.count + (number > 0 ? 1 : 0)
    }
    return result
}

/// RFC 2047: words of at most 75 characters, one a line, none of which cuts a character.
private func encodedWords(_ text: String) -> String {
    var words: [String] = []
    var bytes: [UInt8] = []
    func close() {
        words.append("=?UTF-8?B?" + base64(bytes, alphabet: .mail) + "?=")
        bytes = []
    }
    for scalar in text.unicodeScalars {
        let next = Array(String(scalar).utf8)
        if bytes.count + next.count > 39 { close() }
        bytes += next
    }
    if !bytes.isEmpty { close() }
    return words.joined(separator: "\n ")
}

/// RFC 5322 section 3.3: `Sun, 22 Nov 2026 10:00:00 +0000`.
func mailDate(_ instant: Instant) -> String {
    let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let days = instant.seconds >= 0 ? instant.seconds / 86_400 : (instant.seconds - 86_399) / 86_400
    let weekday = weekdays[Int(((days % 7) + 7) % 7)]
    let date = instant.date.split(separator: "-")
    let clock = instant.text.dropFirst(instant.date.count + 1).prefix(8)
    let month = monthNames[(Int(date[1]) ?? 1) - 1].prefix(3)
    return "\(weekday), \(date[2]) \(month) \(date[0]) \(clock) +0000"
}

/// `29 November 2026, 10:00 UTC`.
func readableTime(_ instant: Instant) -> String {
    let date = instant.date.split(separator: "-")
    let clock = instant.text.dropFirst(instant.date.count + 1).prefix(5)
    let month = monthNames[(Int(date[1]) ?? 1) - 1]
    return "\(Int(date[2]) ?? 1) \(month) \(date[0]), \(clock) UTC"
}

private let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October",
    "November", "December",
]
