import AccessModel

// What must hold: E291 to E296, E299, W146.
extension Finding {
    static func mutuallyExclusive(_ address: Address, _ held: [Grant], _ rule: Address) -> Finding {
        Finding(
            "E291", address, "holds \(held.map(\.name).joined(separator: " and ")) together.",
            help: "Take one of them away.", related: [rule])
    }

    static func tooManyHolders(
        _ address: Address, _ grant: Grant, in tenant: TenantName, _ number: Int, limit: Int,
        _ rule: Address
    ) -> Finding {
        Finding(
            "E292", address,
            "\(holders(number)) \(grant.name) on \(tenant); the policy allows \(limit).",
            help: "Take it from somebody.", related: [rule])
    }

    static func tooFewHolders(
        _ address: Address, _ grant: Grant, in tenant: TenantName, _ number: Int, limit: Int,
        _ rule: Address
    ) -> Finding {
        Finding(
            "E293", address,
            "\(holders(number)) \(grant.name) on \(tenant); the policy asks for \(limit).",
            help: "Give it to more people, who are active and stay.", related: [rule])
    }

    static func domainNotAllowed(_ address: Address, _ domains: [String], _ rule: Address)
        -> Finding
    {
        Finding(
            "E294", address, "the address is outside of \(domains.joined(separator: ", ")).",
            help: "Use an address of an allowed domain.", related: [rule])
    }

    /// - Parameter expires: the end that is declared, and too late.
    static func needsExpiry(
        _ address: Address, expires: Instant?, within: Int64?, _ rule: Address
    ) -> Finding {
        let time = within.map { " within \(duration($0))" } ?? ""
        return Finding(
            "E295", address, "a membership from outside must expire\(time).",
            help: expires.map { "It expires at \($0): bring `expires:` forward." }
                ?? "Add `expires:`.", related: [rule])
    }

    /// `180 days`, `36 hours`: in the largest unit that fits.
    static func duration(_ seconds: Int64) -> String {
        for (unit, size) in [("day", Int64(86_400)), ("hour", 3_600), ("minute", 60)]
        where seconds % size == 0 {
            return count(Int(seconds / size), unit)
        }
        return count(Int(seconds), "second")
    }

    static func needsReason(_ address: Address, _ rule: Address) -> Finding {
        Finding(
            "E296", address, "the membership must say why.", help: "Add `reason:`.",
            related: [rule])
    }

    static func expectationFails(_ address: Address, _ message: String) -> Finding {
        Finding(
            "E299", address, message, help: "Correct the access, or the expectation.",
            isGlobal: true)
    }

    /// W146: what an expiry will break.
    static func willBreak(
        _ address: Address, at instant: Instant, _ what: String, related: [Address] = []
    ) -> Finding {
        Finding(
            "W146", address,
            "when it expires on \(instant), \(what.hasSuffix(".") ? what : what + ".")",
            help: "Extend it, or give the rights to somebody else before.", related: related)
    }

    /// W146, of a test that names who leaves.
    static func willFail(
        _ address: Address, at instant: Instant, _ test: Address, named name: String
    ) -> Finding {
        Finding(
            "W146", address, "when it expires on \(instant), the access test \(name) fails.",
            help: "Extend it, or change the test in time.", related: [test])
    }

    /// `nobody holds`, `1 person holds`, `2 people hold`
    private static func holders(_ number: Int) -> String {
        switch number {
        case 0: "nobody holds"
        case 1: "1 person holds"
        default: "\(number) people hold"
        }
    }

    /// The same, of a state that is there already.
    var asOldViolation: Finding {
        var finding = self
        finding.code = "W" + code.dropFirst()
        return finding
    }
}
