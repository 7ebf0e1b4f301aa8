import AccessModel

// Inviting and joining: E231 to W262.
extension Finding {
    /// E231: what a new admin's account needs (R-13).
    static func detailsMissing(_ address: Address, _ profile: Profile) -> Finding {
        var missing: [String] = []
        if profile.firstName == nil { missing.append("firstName") }
        if profile.lastName == nil { missing.append("lastName") }
        if profile.mobile == nil { missing.append("mobile") }
        return Finding(
            "E231", address, "a new account needs \(missing.joined(separator: ", ")).",
            help: "Add it to the person's Admin document.")
    }

    /// W232: an account's details are its own (R-14, R-42).
    static func detailsDiffer(
        _ email: EmailAddress, _ before: Profile, _ after: Profile, tell: Bool
    ) -> Finding {
        var fields: [String] = []
        func compare(_ name: String, _ has: String?, _ wanted: String?, secret: Bool = false) {
            guard let wanted else { return }
            let shown = tell && !secret
            fields.append(shown ? "\(name) is \(has ?? "not set"), declared \(wanted)" : name)
        }
        compare("firstName", before.firstName, after.firstName)
        compare("lastName", before.lastName, after.lastName)
        compare("mobile", before.mobile, after.mobile, secret: true)
        compare("language", before.language, after.language)
        return Finding(
            "W232", .account(email),
            "the account has other details than declared (\(fields.joined(separator: "; "))).",
            help: "They are the person's own and stay; correct the manifest.")
    }

    /// W234: an admin without a mobile (R-13).
    static func adminWithoutMobile(_ address: Address) -> Finding {
        Finding(
            "W234", address, "the account has no mobile, which admins use to sign in.",
            help: "Ask the person to add one.")
    }

    /// W235: a rename that nobody declared.
    static func looksLikeRename(_ address: Address, from old: EmailAddress) -> Finding {
        Finding(
            "W235", address, "\(old) goes and has the same name: is this a new address?",
            help:
                "Then write `formerly: [\(old)]`; the old one stays until the new one is active."
        )
    }

    /// E236: taken for somebody else.
    static func collides(_ address: Address, with other: EmailAddress?) -> Finding {
        let who = other.map { "\($0), which the store has" } ?? "one that the store has"
        return Finding(
            "E236", address, "the address reads the same as \(who).",
            help: "Correct the letters; if both people are real, ask the operator.")
    }

    /// W241: enough letters (R-17).
    static func resendLimit(_ address: Address, limit: Int) -> Finding {
        let often =
            switch limit {
            case 0: "and is never sent again by itself"
            case 1: "and was sent again once already"
            default: "and was sent again \(limit) times already"
            }
        return Finding(
            "W241", address, "the invitation expired \(often).",
            help: "Ask the person, then `muster invitation resend`.")
    }

    /// W242 (R-17).
    static func declined(_ address: Address) -> Finding {
        Finding(
            "W242", address, "the invitation was declined.",
            help: "Remove the declaration, or `muster invitation resend`.")
    }

    /// W243 (R-17).
    static func undeliverable(_ address: Address) -> Finding {
        Finding(
            "W243", address, "the invitation could not be delivered.",
            help: "Check the address, then `muster invitation resend`.")
    }

    /// W244 (R-17).
    static func revokedByHand(_ address: Address) -> Finding {
        Finding(
            "W244", address, "the invitation was revoked by hand.",
            help: "Remove the declaration, or `muster invitation resend`.")
    }

    /// W261: declared, and blocked (R-23).
    static func blockedIsDeclared(_ address: Address) -> Finding {
        Finding(
            "W261", address, "the account is blocked: changes are made, and no mail is sent.",
            help: "Only the operator lifts a block.")
    }

    /// E262: an invitation does not lift a block (R-23).
    static func invitingBlocked(_ address: Address) -> Finding {
        Finding(
            "E262", address, "the account is blocked and cannot be invited.",
            help: "Ask the operator to declare `blocked: false`, or remove the declaration.")
    }

    /// W270: so does one that breaks a policy.
    static func blockBreaksPolicy(_ email: EmailAddress, _ violation: Finding) -> Finding {
        Finding(
            "W270", .account(email), "after blocking, \(violation.message)",
            help: "Give somebody else the rights soon.", related: violation.related)
    }

    /// W270: a block that breaks a floor goes through.
    static func blockBreaksFloor(_ email: EmailAddress, _ what: String) -> Finding {
        Finding(
            "W270", .account(email), "blocking leaves \(what).",
            help: "Give somebody else the rights soon.")
    }
}
