extension Explanations {
    static let policies: [Explanation] = [
        Explanation(
            "E291", "mutually exclusive rights",
            """
            One person would hold two rights of a `mutuallyExclusive` rule in one tenant.

            Why: Separation of duties: whoever writes the broker's settings does not also decide
            who may. Between two members the loss comes before the gain.

            Example:

                - { email: bob@acme.example, roles: [access_read, access_write] }
                ---
                - mutuallyExclusive: [access_read, access_write]

                people.yaml:13:14: error[E291]: production/bob@acme.example: holds access_read
                and access_write together. Take one of them away.

            What to do: Take one of the rights away.
            """),
        Explanation(
            "W291", "mutually exclusive rights are held",
            """
            The store has someone with two rights of a `mutuallyExclusive` rule, and this plan
            does not change that.

            Why: A new policy must not stop every plan until all is put right.

            Example:

                - mutuallyExclusive: [access_read, access_write]

                warning[W291]: production/bob@acme.example: holds access_read and access_write
                together. Take one of them away.

            What to do: Take one of the rights away in the manifests.
            """),
        Explanation(
            "E292", "too many holders",
            """
            More people would hold a right than `maxHolders` allows. Pending and blocked ones
            count.

            Why: Rights that give rights should be in few hands.

            Example:

                - maxHolders: { permission: assign_permissions, count: 1 }

                access.yaml:8:7: error[E292]: tenant:production: 2 people hold
                assign_permissions on production; the policy allows 1. Take it from somebody.

            What to do: Take the right from one, or raise the count in a pull request of its own.
            """),
        Explanation(
            "W292", "too many hold a right",
            """
            The store has more holders than `maxHolders` allows, and this plan does not make it
            worse.

            Why: A new policy must not stop every plan until all is put right.

            Example:

                - maxHolders: { permission: assign_permissions, count: 1 }

                access.yaml:8:7: warning[W292]: tenant:production: 2 people hold
                assign_permissions on production; the policy allows 1. Take it from somebody.

            What to do: Take the right from one.
            """),
        Explanation(
            "E293", "too few holders",
            """
            Fewer people would hold a right than `minHolders` asks for. In a plan, those count who
            are active, not blocked, and not expiring within 14 days; in `validate` every
            declared, unexpired entry does.

            Why: One holder is on holiday when it matters.

            Example:

                - minHolders: { permission: invite_admins, count: 2 }

                access.yaml:8:7: error[E293]: tenant:production: 1 person holds invite_admins
                on production; the policy asks for 2. Give it to more people, who are active
                and stay.

            What to do: Give the right to one more person.
            """),
        Explanation(
            "W293", "too few hold a right",
            """
            The store has fewer active holders than `minHolders` asks for, and this plan does not
            make it worse.

            Why: Invited people do not count until they have accepted, so a new tenant begins like
            this.

            Example:

                - minHolders: { permission: invite_admins, count: 2 }

                access.yaml:8:7: warning[W293]: tenant:production: 1 person holds
                invite_admins on production; the policy asks for 2. Give it to more people, who
                are active and stay.

            What to do: Remind those who are invited, or give the right to one more person.
            """),
        Explanation(
            "E294", "a domain that is not allowed",
            """
            A member's address is outside the domains of `allowedDomains`. Identity users are not
            concerned.

            Why: Administration of this tenant stays within the organisation.

            Example:

                - allowedDomains: [acme.example]

                people.yaml:13:14: error[E294]: production/joe@client.example: the address is
                outside of acme.example. Use an address of an allowed domain.

            What to do: Use an address of an allowed domain, or extend the list.
            """),
        Explanation(
            "W294", "a member outside the allowed domains",
            """
            The store has a member outside `allowedDomains`, and this plan does not change that.

            Why: A new policy must not stop every plan until all is put right.

            Example:

                - allowedDomains: [acme.example]

                warning[W294]: production/joe@client.example: the address is outside of
                acme.example. Use an address of an allowed domain.

            What to do: Remove the member, or extend the list.
            """),
        Explanation(
            "E295", "access that never ends",
            """
            A member from outside the named domains has no `expires`, or one too far away.

            Why: Guests are forgotten. An end date makes somebody decide.

            Example:

                - requireExpiry: { outsideDomains: [acme.example], within: 180d }

                people.yaml:13:14: error[E295]: production/joe@client.example: a membership
                from outside must expire within 180 days. Add `expires:`.

            What to do: Add `expires` to the membership, within the time that the rule gives.
            """),
        Explanation(
            "W295", "access in the store without an end",
            """
            A member who needs an end date is in the store without a declaration that gives one,
            and this plan does not change that.

            Why: End dates are in the manifests only; an additive tenant may have members who are
            not declared.

            Example:

                - requireExpiry: { outsideDomains: [acme.example], within: 180d }

                warning[W295]: production/joe@client.example: a membership from outside must
                expire within 180 days. Add `expires:`.

            What to do: Declare the membership with `expires`.
            """),
        Explanation(
            "E296", "access without a reason",
            """
            A membership needs a `reason` and has none: all of them, or those with a sensitive
            role.

            Why: The reason goes into the audit entry, where the next reviewer finds it.

            Example:

                - requireReason: { sensitive: true }

                people.yaml:13:14: error[E296]: production/bob@acme.example: the membership
                must say why. Add `reason:`.

            What to do: Add `reason: …` to the membership.
            """),
        Explanation(
            "W296", "access in the store without a reason",
            """
            A membership that needs a reason is in the store without a declaration that gives one.

            Why: Reasons are in the manifests only; an additive tenant may have members who are
            not declared.

            Example:

                - requireReason: { sensitive: true }

                warning[W296]: production/bob@acme.example: the membership must say why. Add
                `reason:`.

            What to do: Declare the membership with `reason`.
            """),
        Explanation(
            "E299", "an access test fails",
            """
            What an `AccessTest` expects would not be so.

            Why: Tests state what must stay true whoever edits the manifests: the break-glass
            account, who holds a sensitive role, what a client must never hold.

            Example:

                - { admin: joe@client.example, tenant: production, lacks: [access_write] }

                people.yaml:18:5: error[E299]: test:clients#expect:1: joe@client.example holds
                access_write on production. Correct the access, or the expectation.

            What to do: Correct the manifests, or the test, if the expectation has changed.
            """),
    ]
}
