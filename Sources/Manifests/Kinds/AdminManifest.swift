internal import AccessModel
internal import Diagnostics
internal import Syntax

/// A person, or a pipeline's account, with memberships. Much is written of each, and there may be a
/// hundred thousand in the lists that they go through: so a list holds no more than who is meant.
final class AdminManifest: Sendable {
    static let email = Field("email", .email, required: true, "The person's address: the key.")
    static let formerly = Field(
        "formerly", .list(.email), "Earlier addresses of the same person.")
    static let firstName = Field("firstName", .title, "First name.")
    static let lastName = Field("lastName", .title, "Last name.")
    static let mobile = Field(
        "mobile", .mobile, "In E.164 and quoted: \"+31612345678\". For two-factor authentication.")
    private static let details = [firstName, lastName, mobile]
    static let language = Field(
        "language", .pattern("^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$"), "The language of letters.")
    static let blocked = Field(
        "blocked", .boolean, "Operator only; left out, it is not managed.")
    static let automation = Field(
        "automation", .boolean, "A pipeline's account: no names, no mobile, no mail.")
    static let expires = Field(
        "expires", .moment,
        "When the whole person leaves: a date, at 24:00 UTC, or an RFC 3339 instant.")
    static let memberships = Field(
        "memberships", .list(.record(MembershipEntry.ofPerson)), "Where the person is an admin.")
    static let record = Record(
        [
            email, formerly, firstName, lastName, mobile, language, blocked, automation, expires,
            memberships,
        ], kind: .admin, describesPerson: true, "A person, and where that person is an admin.")

    let declared: DesiredAdmin
    let formerly: [Located<EmailAddress>]
    let memberships: [MembershipEntry]
    /// The details of a new admin that are neither written nor wrong.
    let missingDetails: [String]
    let span: Span

    init?(_ node: Node, _ findings: inout Findings) {
        let subject = Fields.subject(of: node, .admin, key: Self.email)
        guard var fields = Fields(node, Self.record, about: subject, &findings) else { return nil }
        let email = fields.email(Self.email, &findings)
        if let email { fields.subject = .address(.account(email.value)) }
        fields.check(&findings)
        formerly = fields.emails(Self.formerly, &findings) ?? []
        let profile = Profile(
            firstName: fields.filledText(Self.firstName, &findings),
            lastName: fields.filledText(Self.lastName, &findings),
            mobile: fields.mobile(Self.mobile, &findings),
            language: fields.language(Self.language, &findings))
        let blocked = fields.boolean(Self.blocked, &findings)
        let automation = fields.boolean(Self.automation, &findings) ?? false
        let expires = fields.moment(Self.expires, &findings)
        let owner = fields.subject
        memberships =
            fields.list(Self.memberships, &findings) { node, findings in
                MembershipEntry(node, of: email?.value, about: owner, &findings)
            } ?? []
        missingDetails =
            automation
            ? []
            : Self.details.filter { !fields.isWritten($0) && !fields.isMeant($0.name) }.map(\.name)
        if automation {
            for field in Self.details {
                guard let node = fields[field] else { continue }
                findings.add(
                    .detailOfAutomation(field.name, about: fields.subject, at: node.span))
            }
        }
        guard let email else { return nil }
        declared = DesiredAdmin(
            email: email.value, formerly: formerly.map(\.value).sorted(), profile: profile,
            blocked: blocked, automation: automation, expires: expires)
        span = email.span
    }
}
