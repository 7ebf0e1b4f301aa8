internal import AccessModel
internal import Diagnostics
internal import Syntax

/// The settings of a project.
struct ProjectManifest {
    static let name = Field("name", .name, required: true, "The project's name.")
    static let store = Field(
        "store", .pattern("^(sqlite:.|postgres(ql)?://)"),
        "`sqlite:PATH` or `postgres://host/db`; --store and MUSTER_STORE win.")
    static let invitations = Field(
        "invitations", .record(InvitationFields.record), "How invitations are made.")
    static let delivery = Field(
        "delivery", .pattern("^(maildir:.|smtps?://|sendmail:|webhook\\+https://)"),
        "Where letters go: `maildir:.muster/mail` (default), `smtp://`, `smtps://`, `sendmail:` or "
            + "`webhook+https://`.")
    static let ignore = Field(
        "ignore", .list(.text), "Files that are no manifests, as patterns: `drafts/**`.")
    static let guards = Field(
        "guards", .record(GuardFields.record), "How much one plan may take away.")
    static let limits = Field(
        "limits", .record(LimitFields.record), "Lower limits than the built-in ones.")
    static let record = Record(
        [name, store, invitations, delivery, ignore, guards, limits], kind: .project,
        "The settings of a project; in `muster.yaml`.")

    var project: Project
    var span: Span

    init?(_ node: Node, _ findings: inout Findings) {
        let subject = Subject.address(.project)
        guard let fields = Fields(node, Self.record, about: subject, &findings) else { return nil }
        fields.check(&findings)
        let name = fields.name(Self.name, .general, as: Self.self, &findings)
        let store = fields.url(
            Self.store, expecting: "`sqlite:PATH` or `postgres://host/db`", &findings
        ) { text in
            ["sqlite:", "postgres://", "postgresql://"].contains {
                text.hasPrefix($0) && text.utf8.count > $0.utf8.count
            }
        }
        var problem = Delivery.Problem.unknownScheme
        let delivery = fields.url(
            Self.delivery, expecting: Self.expectation(instead: problem), &findings
        ) { text in
            switch Delivery.parse(text) {
            case .success, .failure(.password): return true
            case .failure(let found):
                problem = found
                return false
            }
        }
        let ignore = fields.distinct(Self.ignore, &findings) { node, findings in
            fields.text(of: node, Self.ignore, &findings).map { Located($0, at: node.span) }
        }
        let invitations = fields.record(Self.invitations, &findings)
            .map { InvitationFields.settings($0, &findings) }
        let guards = fields.record(Self.guards, &findings)
            .map { GuardFields.guards($0, &findings) }
        let limits = fields.record(Self.limits, &findings)
            .map { LimitFields.limits($0, &findings) }
        guard let name else { return nil }
        project = Project(
            name: name.value.text, store: store, invitations: invitations ?? InvitationSettings(),
            delivery: delivery, ignore: (ignore ?? []).map(\.value).sorted(),
            guards: guards ?? Guards(), limits: limits ?? [:])
        span = name.span
    }
}

extension ProjectManifest {
    /// What `delivery` may be, where it is not.
    fileprivate static func expectation(instead problem: Delivery.Problem) -> String {
        switch problem {
        case .unknownScheme, .malformed, .password:
            "`maildir:PATH`, `smtp://host`, `smtps://host`, `sendmail:` or `webhook+https://host`"
        case .unknownOption: "a delivery with the options `rate`, `timeout` or `tls`"
        case .badOption("rate"): "a delivery with a rate such as `10/s` or `30/m`"
        case .badOption("timeout"): "a delivery with a timeout from `1s` to `5m`"
        case .badOption("tls"): "a delivery with `tls=none` or `tls=starttls`, at `smtp://` only"
        case .badOption: "a delivery whose options are there once, with a value"
        }
    }
}

/// `invitations:` of a project.
enum InvitationFields {
    static let from = Field(
        "from", .text, "Who letters come from: `Acme Access <access@acme.example>`.")
    static let acceptURL = Field(
        "acceptURL", .pattern("^https?://"), "The page that accepts; the token is added to it.")
    static let expireAfter = Field("expireAfter", .duration, "How long a link works; default 7d.")
    static let resendAfterExpiry = Field(
        "resendAfterExpiry", .integer(0...1_000),
        "Automatic re-sends of an expired invitation; default 3.")
    static let joinMail = Field(
        "joinMail", .word(InvitationSettings.JoinMail.allCases.map(\.rawValue)),
        "Mail to people who already have an account; default `send`.")
    static let acceptance = Field(
        "acceptance", .word(InvitationSettings.Acceptance.allCases.map(\.rawValue)),
        "Must an existing account accept a new membership? Default `implicit`.")
    static let language = Field(
        "language", AdminManifest.language.shape, "The language of letters; default `en`.")
    static let record = Record(
        [from, acceptURL, expireAfter, resendAfterExpiry, joinMail, acceptance, language],
        "How invitations are made.")

    static func settings(_ fields: Fields, _ findings: inout Findings) -> InvitationSettings {
        fields.check(&findings)
        var settings = InvitationSettings()
        settings.from = fields.mailbox(from, &findings)
        settings.acceptURL = fields.url(
            acceptURL, expecting: "a URL as in `https://access.acme.example/accept`", &findings
        ) { text in
            let rest = ["https://", "http://"].first { text.hasPrefix($0) }
                .map { text.utf8.dropFirst($0.utf8.count) }
            guard let rest, let first = rest.first, first != UInt8(ascii: "/") else { return false }
            return rest.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"?#\"<>\\^`{|}".utf8.contains($0) }
        }
        if let seconds = fields.duration(expireAfter, &findings) { settings.expireAfter = seconds }
        if let count = fields.integer(resendAfterExpiry, &findings) {
            settings.resendAfterExpiry = count
        }
        if let word = fields.word(
            joinMail, as: InvitationSettings.JoinMail.self, &findings)
        {
            settings.joinMail = word
        }
        if let word = fields.word(
            acceptance, as: InvitationSettings.Acceptance.self, &findings)
        {
            settings.acceptance = word
        }
        if let language = fields.language(language, &findings) { settings.language = language }
        return settings
    }
}
