internal import AccessModel
internal import Diagnostics
internal import Syntax

/// `guards:` of a project.
enum GuardFields {
    static let count = Field("count", .integer(0...1_000_000_000), "At most so many.")
    static let percent = Field(
        "percent", .integer(0...100), "At most this share of what is there, rounded down.")
    static let allowance = Record(
        [count, percent], "The smaller of the two; one is always allowed.")
    static let maxRemovals = Field(
        "maxRemovals", .record(allowance), "Per tenant and identity; default 5 and 25 %.")
    static let maxRevocations = Field(
        "maxRevocations", .record(allowance), "Per tenant and identity; default 10 and 50 %.")
    static let maxMails = Field(
        "maxMails", .integer(0...1_000_000_000), "Letters of one plan; default 500.")
    static let minDelegatedAdmins = Field(
        "minDelegatedAdmins", .integer(0...1_000_000), "Active ones that each tenant keeps.")
    static let minIdentityAdmins = Field(
        "minIdentityAdmins", .integer(0...1_000_000), "Active ones that each identity keeps.")
    static let requiredAdmins = Field(
        "requiredAdmins", .list(.email),
        "Where a member: neither removed, blocked nor left without permissions.")
    static let record = Record(
        [
            maxRemovals, maxRevocations, maxMails, minDelegatedAdmins, minIdentityAdmins,
            requiredAdmins,
        ], "How much one plan may take away, and what must remain.")

    static func guards(_ fields: Fields, _ findings: inout Findings) -> Guards {
        fields.check(&findings)
        var guards = Guards()
        read(maxRemovals, fields, into: &guards.maxRemovals, &findings)
        read(maxRevocations, fields, into: &guards.maxRevocations, &findings)
        if let mails = fields.integer(maxMails, &findings) { guards.maxMails = mails }
        guards.minDelegatedAdmins = fields.integer(minDelegatedAdmins, &findings)
        guards.minIdentityAdmins = fields.integer(minIdentityAdmins, &findings)
        guards.requiredAdmins = SortedSet(
            (fields.emails(requiredAdmins, &findings) ?? []).map(\.value))
        return guards
    }

    private static func read(
        _ field: Field, _ fields: Fields, into allowance: inout Guards.Allowance,
        _ findings: inout Findings
    ) {
        guard let inner = fields.record(field, &findings) else { return }
        inner.check(&findings)
        if let value = inner.integer(count, &findings) { allowance.count = value }
        if let value = inner.integer(percent, &findings) { allowance.percent = value }
    }
}
