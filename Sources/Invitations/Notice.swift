package import AccessModel

/// A message to somebody who runs the service: plain text, nothing to click.
///
/// - Parameter id: The same for the same news, so that a repeat is seen as one; letters and digits.
package func notice(
    to recipient: EmailAddress, from sender: Mailbox, subject: String, text: String, id: String,
    at date: Instant
) -> OutgoingMessage {
    let messageID = "\(id)@\(sender.address.domain)"
    let header = [
        mailboxField("From", sender), mailboxField("To", Mailbox(address: recipient)),
        unstructuredField("Subject", subject), "Date: " + mailDate(date),
        "Message-ID: <\(messageID)>", "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable",
    ]
    let bytes = header.joined(separator: "\n") + "\n\n" + quotedPrintable(text)
    return OutgoingMessage(
        envelopeFrom: sender.address, recipient: recipient, bytes: Array(bytes.utf8),
        messageID: messageID, date: date)
}

extension Project {
    /// Who letters come from: `invitations.from`, or the project itself.
    package var sender: Mailbox {
        if let from = invitations.from, case .success(let mailbox) = Mailbox.parse(from) {
            return mailbox
        }
        let address = EmailAddress(canonical: "muster@localhost", spelling: "muster@localhost")
        return Mailbox(name: name, address: address)
    }
}
