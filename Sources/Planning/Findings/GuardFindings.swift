import AccessModel

// What must not get lost: E224, E271 to E284.
extension Finding {
    /// E271, or W271 for an old violation (R-24).
    static func floor(
        _ address: Address, tenant: TenantName, active: Int, floor: Int, old: Bool = false
    ) -> Finding {
        let verb = old ? "has" : "would be left with"
        return Finding(
            old ? "W271" : "E271", address,
            "\(tenant) \(verb) \(count(active, "active delegated admin")); the floor is \(floor).",
            help: old
                ? "Let more admins accept, or lower minDelegatedAdmins."
                : "Add another one first and wait until that one is active.",
            related: [.tenant(tenant)])
    }

    /// E272 (R-25).
    static func extinction(_ address: Address, _ permission: PermissionName, _ tenant: TenantName)
        -> Finding
    {
        Finding(
            "E272", address,
            "nobody active on \(tenant) would hold \(permission), so nobody could give it again.",
            help: "Give it to somebody active first, or pass --allow-permission-extinction.")
    }

    /// E273 (R-26).
    static func removals(_ address: Address, _ number: Int, of present: Int, limit: Int, total: Int)
        -> Finding
    {
        Finding(
            "E273", address,
            "the plan removes \(number) of \(present); the guard allows \(limit).",
            help: "If that is meant, pass --allow-removals \(total).", related: [.project])
    }

    /// E274 (R-26).
    static func removesItself(_ address: Address, _ actor: EmailAddress) -> Finding {
        Finding(
            "E274", address, "\(actor) would stop being a delegated admin here.",
            help: "If that is meant, pass --allow-self-removal.")
    }

    /// E275 (R-26).
    static func requiredAdmin(_ address: Address, _ email: EmailAddress, _ what: String) -> Finding
    {
        Finding(
            "E275", address, "\(email) is a required admin and would be \(what).",
            help: "Declare the person again, or take the address out of requiredAdmins.",
            related: [.project])
    }

    /// E276 (R-26).
    static func nobodyDeclared(_ tenant: TenantName, members: Int) -> Finding {
        Finding(
            "E276", .tenant(tenant),
            "no member is declared, and the store has \(count(members, "member")).",
            help: "Declare at least one, or delete the tenant with `state: absent`.")
    }

    /// W277 (R-27).
    static func leftTheManifests(_ address: Address) -> Finding {
        Finding(
            "W277", address, "was applied before and is no longer declared; it stays.",
            help: "Delete it with `state: absent`, or declare it again.", isGlobal: true)
    }

    /// E278 (R-27). `what` is a plural.
    static func needsCascade(_ address: Address, holding number: Int, _ what: String) -> Finding {
        let one =
            what.hasPrefix("identities")
            ? "identity" + what.dropFirst("identities".count) : String(what.dropLast())
        return Finding(
            "E278", address, "it still has \(number) \(number == 1 ? one : what).",
            help: "Remove them first, or write `cascade: true`.")
    }

    /// E279 (R-26).
    static func revocations(
        _ address: Address, _ number: Int, of present: Int, limit: Int, total: Int
    ) -> Finding {
        Finding(
            "E279", address,
            "the plan takes \(number) of \(present) grants; the guard allows \(limit).",
            help: "If that is meant, pass --allow-revocations \(total).", related: [.project])
    }

    /// E280 (R-26).
    static func mails(_ number: Int, limit: Int) -> Finding {
        Finding(
            "E280", .project, "the plan sends \(number) mails; the guard allows \(limit).",
            help: "If that is meant, pass --allow-mails \(number).", isGlobal: true)
    }

    /// E282, or W282 for an old violation (R-29).
    static func identityFloor(
        _ address: Address, _ identity: IdentityCode, active: Int, floor: Int, old: Bool = false
    ) -> Finding {
        let verb = old ? "has" : "would be left with"
        return Finding(
            old ? "W282" : "E282", address,
            "\(identity) \(verb) \(count(active, "active admin")); the floor is \(floor).",
            help: "Make another user its admin first.", related: [.identity(identity)])
    }

    /// E283 (R-33).
    static func systemIdentity(_ identity: IdentityCode) -> Finding {
        Finding(
            "E283", .identity(identity), "is a system identity: everyone is its user.",
            help: "Take it out of the manifests.")
    }

    /// E284 (R-34).
    static func codeTaken(_ identity: IdentityCode, formerly old: IdentityCode) -> Finding {
        Finding(
            "E284", .identity(identity),
            "the store has both this code and \(old), its earlier one.",
            help: "Delete one of them, or take the earlier code out of `formerly`.")
    }

    /// W224 for the operator, E224 for everyone else.
    static func settingDiffers(_ key: String, from old: String, to new: String, byOperator: Bool)
        -> Finding
    {
        Finding(
            byOperator ? "W224" : "E224", .project, "\(key) changes from \(old) to \(new).",
            help: byOperator
                ? "Look twice: this changes what protects the store."
                : "Only the operator changes it: take this out, or ask for an operator's apply.",
            isGlobal: true)
    }

    /// W279: a policy's rule or a test that was in force.
    static func ruleGone(_ what: String) -> Finding {
        Finding(
            "W279", .project, "\(what) was in force and is gone.",
            help: "Look twice: nothing checks it any more.", isGlobal: true)
    }

    static func count(_ number: Int, _ noun: String) -> String {
        number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
    }
}
