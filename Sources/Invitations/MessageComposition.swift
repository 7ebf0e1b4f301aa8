package import AccessModel

/// The message that a letter becomes: RFC 5322 and MIME, with a text and an HTML part that say the
/// same. The same letter, key, settings and templates give the same bytes, so a repeat is a true
/// repeat.
///
/// - Parameters:
///   - acceptURL: where invitations are accepted; without one the letter shows the token alone.
///   - store: the id of the store that holds the invitations.
package func message(
    for letter: Letter, from sender: Mailbox, acceptURL: String?, key: InvitationKey, store: String,
    templates: LetterTemplates = .builtIn
) -> OutgoingMessage {
    let content = LetterContent(letter, acceptURL: acceptURL, templates: templates) {
        key.token(store: store, invitation: $0, generation: $1)
    }
    return message(for: letter, from: sender, saying: content)
}

/// The message with this content.
package func message(
    for letter: Letter, from sender: Mailbox, saying content: LetterContent
) -> OutgoingMessage {
    let recipient = EmailAddress(canonical: letter.recipient, spelling: letter.spelling)
    let date = Instant(rfc3339: letter.queuedAt) ?? Instant(seconds: 0)
    let id = letter.id.unicodeScalars.filter {
        $0.isASCII && $0.properties.isAlphabetic || isDigit($0)
    }
    let messageID = "\(String(String.UnicodeScalarView(id)))@\(sender.address.domain)"
    // No line of quoted-printable text holds "=_".
    let boundary = "=_muster_\(String(String.UnicodeScalarView(id)))"
    var header = [
        mailboxField("From", sender),
        mailboxField("To", Mailbox(name: letter.recipientName, address: recipient)),
    ]
    if let address = letter.replyTo, case .success(let address) = EmailAddress.parse(address) {
        header.append(mailboxField("Reply-To", Mailbox(name: letter.inviter, address: address)))
    }
    header += [
        unstructuredField("Subject", content.subject),
        "Date: " + mailDate(date),
        "Message-ID: <\(messageID)>",
        "Auto-Submitted: auto-generated",
        "MIME-Version: 1.0",
        "Content-Type: multipart/alternative;\n boundary=\"\(boundary)\"",
    ]
    let message =
        header.joined(separator: "\n") + "\n\n"
        + "--\(boundary)\n" + part("plain", content.text)
        + "--\(boundary)\n" + part("html", content.html)
        + "--\(boundary)--\n"
    return OutgoingMessage(
        envelopeFrom: sender.address, recipient: recipient, bytes: Array(message.utf8),
        messageID: messageID, date: date)
}

private func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

/// One part: as it is when every mail system may carry it so, else quoted-printable.
private func part(_ subtype: String, _ text: String) -> String {
    let lines = text.utf8.split(separator: 0x0A)
    let isPlain = lines.allSatisfy { line in
        line.count <= 900 && line.allSatisfy { (0x20...0x7E).contains($0) }
            && !line.starts(with: "--".utf8) && !line.starts(with: "From ".utf8)
    }
    return """
        Content-Type: text/\(subtype); charset=utf-8
        Content-Transfer-Encoding: \(isPlain ? "7bit" : "quoted-printable")

        \(isPlain ? text : quotedPrintable(text))

        """
}
