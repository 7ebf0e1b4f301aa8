extension Explanations {
    static let joining: [Explanation] = [
        Explanation(
            "E231", "a new admin without a full profile",
            """
            Somebody without an account is to become an admin, and first name, last name or mobile
            is missing.

            Why: A new account of an admin starts with these three; the mobile is the second
            factor. An identity user needs the e-mail alone. (R-13)

            Example:

                - { email: bob@acme.example, roles: [access_read] }

                people.yaml:5:14: error[E231]: production/bob@acme.example: a new account
                needs firstName, lastName, mobile. Add it to the person's Admin document.

            What to do: Write an `Admin` document with `firstName`, `lastName` and `mobile`.
            """),
        Explanation(
            "W232", "a declared detail differs from the account's own",
            """
            The account is Activated, and its name, mobile or language is not what the `Admin`
            document says.

            Why: The details of an activated account are its owner's. No change is planned. (R-14)

            Example:

                kind: Admin
                email: ann@acme.example
                firstName: Anne

                people.yaml:2:8: warning[W232]: account:ann@acme.example: the account has
                other details than declared (firstName is Ann, declared Anne). They are the
                person's own and stay; correct the manifest.

            What to do: Correct the manifest or leave the detail out; or ask the person to change
            it.
            """),
        Explanation(
            "W234", "an identity user without a mobile becomes an admin",
            """
            The account began as an identity user's, with the e-mail alone, and now joins a
            tenant.

            Why: Admins use the mobile as second factor. The person will be asked for it. (R-13)

            Example:

                - { email: joe@client.example, roles: [access_read] }

                people.yaml:5:14: warning[W234]: production/joe@client.example: the account
                has no mobile, which admins use to sign in. Ask the person to add one.

            What to do: Tell the person, or declare the mobile while the account is Invited.
            """),
        Explanation(
            "W235", "this looks like a change of address",
            """
            One admin is removed and another with the same first and last name is invited.

            Why: With `formerly` the old address keeps its access until the new one is active.
            Without it there is a gap, and a second mail history.

            Example:

                kind: Admin
                email: bob.cole@acme.example
                firstName: Bob
                lastName: Cole

                people.yaml:11:14: warning[W235]: production/bob.cole@acme.example:
                bob@acme.example goes and has the same name: is this a new address? Then write
                `formerly: [bob@acme.example]`, and the old one stays until the new one is
                active.

            What to do: Add `formerly`, if it is one person.
            """),
        Explanation(
            "E236", "an address easily taken for one in the store",
            """
            A declared address becomes the same as another one in the store under Unicode case
            folding or upper-casing, and a local part is not ASCII.

            Why: See E136: one of the two could take over the other's account.

            Example:

                - { email: mıke@acme.example }

                people.yaml:5:14: error[E236]: production/mıke@acme.example: the address reads
                the same as mike@acme.example, which the store has. Correct the letters; if
                both people are real, ask the operator.

            What to do: Use the other address, or remove the account in the store first.
            """),
        Explanation(
            "W241", "an expired invitation was sent again often enough",
            """
            The invitation has expired, and the project's `resendAfterExpiry` is used up.

            Why: A person who has not answered so often will not answer the next one; the address
            may be wrong. (R-17)

            Example:

                invitations: { resendAfterExpiry: 0 }

                people.yaml:7:13: warning[W241]: production/ann@acme.example: the invitation
                expired and is never sent again by itself. Ask the person, then `muster
                invitation resend`.

            What to do: Ask the person; then `muster invitation resend`, or remove the entry.
            """),
        Explanation(
            "W242", "the invitation was declined",
            """
            The person said no.

            Why: A no is an answer: it is not asked again by itself. (R-17)

            Example:

                - { email: ann@acme.example, roles: [access_read] }

                people.yaml:7:13: warning[W242]: production/ann@acme.example: the invitation
                was declined. Remove the declaration, or `muster invitation resend`.

            What to do: Remove the entry; or speak with the person, then `muster invitation
            resend`.
            """),
        Explanation(
            "W243", "the invitation could not be delivered",
            """
            The mail server refused the address for good.

            Why: Sending again to an address that does not exist harms the sender's standing.
            (R-17)

            Example:

                - { email: amn@acme.example, roles: [access_read] }

                people.yaml:7:13: warning[W243]: production/ann@acme.example: the invitation
                could not be delivered. Check the address, then `muster invitation resend`.

            What to do: Correct the address, or send again when the mailbox exists.
            """),
        Explanation(
            "W244", "the invitation was revoked by hand",
            """
            Somebody revoked it, and the entry is still declared.

            Why: What a person revoked by hand is not re-opened by a scheduled run. (R-17)

            Example:

                $ muster invitation revoke ann@acme.example --operator

                people.yaml:7:13: warning[W244]: production/ann@acme.example: the invitation
                was revoked by hand. Remove the declaration, or `muster invitation resend`.

            What to do: Remove the entry, or `muster invitation resend`.
            """),
        Explanation(
            "W251", "the removed admin holds more than the actor",
            """
            An admin is removed by someone who could not have taken these permissions one by one.

            Why: Removing needs `invite_admins` only; what goes with the person should be seen.
            (R-21)

            Example:

                $ muster plan --as me@acme.example      # me holds invite_admins only

                warning[W251]: production/ann@acme.example: the removal takes
                assign_permissions, assign_roles, which me@acme.example does not hold. Check
                that the person should go.

            What to do: Check that others still hold these permissions.
            """),
        Explanation(
            "W261", "a blocked admin is declared",
            """
            The account is blocked; its grants are kept as declared, and no mail is sent.

            Why: Blocking is for the moment and belongs to the operator. The grants wait. (R-23)

            Example:

                - { email: bob@acme.example, roles: [access_read] }

                people.yaml:5:14: warning[W261]: production/bob@acme.example: the account is
                blocked: changes are made, and no mail is sent. Only the operator lifts a
                block.

            What to do: Remove the entry if the person is gone, or ask the operator to unblock.
            """),
        Explanation(
            "E262", "inviting a blocked account",
            """
            Somebody whose account is blocked, and who is a member nowhere, is to be invited.

            Why: When a blocked person is removed from the last tenant, the account stays,
            blocked, so that no invitation can lift the block. (R-23)

            Example:

                - { email: bob@acme.example, roles: [access_read] }

                people.yaml:5:14: error[E262]: production/bob@acme.example: the account is
                blocked and cannot be invited. Ask the operator to declare `blocked: false`,
                or remove the declaration.

            What to do: Let the operator unblock the account: `blocked: false`.
            """),
    ]
}
