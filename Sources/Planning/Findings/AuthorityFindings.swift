import AccessModel

// Who acts: E210 to E223, E281. The sentences about authority in one place.
extension Finding {
    /// E210: the actor's account cannot act, or holds nothing where there are changes (R-01).
    static func cannotAct(_ actor: EmailAddress, at address: Address, because reason: String)
        -> Finding
    {
        Finding(
            "E210", address, "\(actor) cannot act here: \(reason).",
            help: "Run as an admin who holds a permission here, or as the operator.")
    }

    /// E211: a permission is missing (R-02).
    static func lacks(_ actor: Actor, _ permissions: [PermissionName], for address: Address)
        -> Finding
    {
        let list = permissions.map(\.text).joined(separator: " and ")
        return Finding(
            "E211", address, "\(actor.text) needs \(list) there for this change.",
            help: "Let somebody who holds it make the change, or ask for the permission first.")
    }

    /// E211: only the operator may (R-02, R-08).
    static func needsOperator(_ actor: Actor, _ kind: ChangeKind, for address: Address) -> Finding {
        Finding(
            "E211", address, "\(kind.rawValue) is the operator's, and \(actor.text) is not.",
            help: "Ask the platform's owner to apply this with --operator.")
    }

    /// E212: nobody gives what they do not have (R-03).
    static func doesNotPossess(
        _ actor: Actor, _ permission: PermissionName, giving address: Address
    ) -> Finding {
        Finding(
            "E212", address, "\(actor.text) does not hold \(permission) there and cannot give it.",
            help: "Only a permission that one holds can be given; ask somebody who holds it.")
    }

    /// E213: nor takes it away (R-03).
    static func cannotTake(
        _ actor: Actor, _ permission: PermissionName, from address: Address
    ) -> Finding {
        Finding(
            "E213", address,
            "\(actor.text) does not hold \(permission) there and cannot take it away.",
            help: "Only a permission that one holds can be taken away; ask somebody who holds it.")
    }

    /// W213: a role for oneself (R-04).
    static func givesItself(_ actor: Actor, _ roles: [RoleName], at address: Address) -> Finding {
        let list = roles.map(\.text).joined(separator: ", ")
        return Finding(
            "W213", address, "\(actor.text) assigns \(list) to itself.",
            help: "Let a second person look at this.")
    }

    /// E214: an invited or blocked grantor (R-11).
    static func grantorInactive(
        _ grantor: EmailAddress, state: String, for address: Address
    ) -> Finding {
        Finding(
            "E214", address, "the grantor \(grantor) is \(state) and cannot act.",
            help: "Name a grantor who is active, or leave grantedBy out.")
    }

    /// E216: a grantor from elsewhere (R-11).
    static func grantorIsNoMember(_ grantor: EmailAddress, for address: Address) -> Finding {
        Finding(
            "E216", address, "the grantor \(grantor) is no member there.",
            help: "Name a grantor who is a member of this tenant, or leave grantedBy out.")
    }

    /// E221: not available in the store (R-07).
    static func roleUnavailable(_ role: RoleName, in tenant: TenantName, for address: Address)
        -> Finding
    {
        Finding(
            "E221", address, "the role \(role) is not available on \(tenant).",
            help: "Ask the operator to enable it on the tenant first.")
    }

    /// E222: the list is an assertion for everyone but the operator (R-08).
    static func availabilityDiffers(
        _ tenant: TenantName, missing: [RoleName], surplus: [RoleName]
    ) -> Finding {
        var parts: [String] = []
        if !missing.isEmpty {
            parts.append("not available there: \(missing.map(\.text).joined(separator: ", "))")
        }
        if !surplus.isEmpty {
            parts.append("available but not listed: \(surplus.map(\.text).joined(separator: ", "))")
        }
        return Finding(
            "E222", .tenant(tenant),
            "availableRoles differs from the store (\(parts.joined(separator: "; "))).",
            help:
                "Availability is the operator's: correct the list, or ask for an operator's apply.")
    }

    /// E223: blocking is the operator's (R-23).
    static func blockIsTheOperators(_ email: EmailAddress, declared: Bool) -> Finding {
        Finding(
            "E223", .account(email),
            "declared `blocked: \(declared)`, and the account is \(declared ? "not " : "")blocked.",
            help: "Only the operator blocks and unblocks; leave the field out, or ask the operator."
        )
    }

    /// E281: users of an identity are its admins' (R-28).
    static func notIdentityAdmin(_ actor: Actor, _ identity: IdentityCode) -> Finding {
        Finding(
            "E281", .identity(identity), "\(actor.text) is not an active admin of this identity.",
            help: "Let one of its admins, or the operator, change its users.")
    }

    /// E230: no order satisfies all (R-10).
    static func noOrder(_ cycle: [String], at address: Address) -> Finding {
        Finding(
            "E230", address, "no order of the steps works: \(cycle.joined(separator: " before ")).",
            help: "Make these changes in two applies, or name another grantor.")
    }

    /// W251: what a removal takes that the actor does not hold (R-21).
    static func removesMoreThanHeld(
        _ actor: Actor, _ permissions: [PermissionName], at address: Address
    ) -> Finding {
        let list = permissions.map(\.text).joined(separator: ", ")
        return Finding(
            "W251", address, "the removal takes \(list), which \(actor.text) does not hold.",
            help: "Check that the person should go.")
    }
}
