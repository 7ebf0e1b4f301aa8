extension Explanations {
    static let declarations: [Explanation] = [
        Explanation(
            "E110", "nothing but the project",
            """
            The project has no document but its own `muster.yaml`.

            Why: A checkout that went wrong, or a folder that moved, would otherwise declare that
            nobody has access. (R-26)

            Example:

                $ ls
                muster.yaml

                muster.yaml:1:1: error[E110]: project: has no document but the Project. Add
                manifests below this folder; nothing was read that says who has access.

            What to do: Check that you are in the right folder and that `ignore` does not match
            everything. To remove a tenant, declare it with `state: absent`.
            """),
        Explanation(
            "E112", "a derived value is declared",
            """
            `delegatedAdmin`, account ids and the states Invited and Activated follow from other
            things.

            Why: Who is a delegated admin follows from permissions, and an account is activated by
            its owner. Declaring them could only repeat or contradict the truth. (R-09)

            Example:

                kind: Admin
                email: ann@acme.example
                delegatedAdmin: true

                people.yaml:9:1: error[E112]: account:ann@acme.example: declares
                `delegatedAdmin`, which is derived and cannot be declared. Leave it out:
                whoever holds a permission on a tenant is a delegated admin there.

            What to do: Remove the field. Grant a permission to make someone a delegated admin.
            """),
        Explanation(
            "E120", "an unknown role",
            """
            A role is named that no `Role` document declares.

            Why: Roles have no meaning to Muster, so that a misspelt one could not be noticed in
            any other way. (R-07)

            Example:

                roles: [acess_read]

                people.yaml:13:40: error[E120]: production/bob@acme.example: names the unknown
                role `acess_read`. Did you mean `access_read`?

            What to do: Correct the name, or declare it: `kind: Role`, `name: acess_read`.
            """),
        Explanation(
            "E121", "a role that the tenant does not offer",
            """
            The role exists but is not in the tenant's declared `availableRoles`.

            Why: Which roles a tenant offers is the operator's decision; a member cannot have
            more. (R-07)

            Example:

                availableRoles: [access_read]
                ---
                - { email: bob@acme.example, roles: [access_write] }

                people.yaml:13:40: error[E121]: production/bob@acme.example: has the role
                `access_write`, which is not available on `production`. Add it to the tenant's
                `availableRoles`, or remove it here.

            What to do: Take the role away here, or add it to the tenant's `availableRoles`, which
            only the operator can apply.
            """),
        Explanation(
            "W130", "a declared admin without a full profile",
            """
            Someone is declared an admin, and first name, last name or mobile is missing.

            Why: A new account starts with these three. `validate` cannot know whether the person
            has an account already; `plan` can, and says E231 if not. (R-13)

            Example:

                kind: Admin
                email: bob@acme.example
                firstName: Bob
                lastName: Cole

                people.yaml:11:8: warning[W130]: account:bob@acme.example: has no `mobile`,
                which a new admin needs. Add it, unless the account exists already.

            What to do: Nothing, if the person has an account. Else add what is missing.
            """),
        Explanation(
            "E131", "declared twice",
            """
            Two documents declare the same thing, or two entries the same member, after names and
            addresses have been brought into their canonical form.

            Why: With two declarations the order of files would decide. Files, documents and list
            order never change the meaning. (R-35)

            Example:

                - { email: Bob@acme.example, roles: [access_read] }
                - { email: bob@acme.example, roles: [access_write] }

                people.yaml:14:14: error[E131]: production/bob@acme.example: is declared a
                second time. Keep one of the two declarations.

            What to do: Keep one. Letter case, NFC and NFD, and `bücher.example` and
            `xn--bcher-kva.example` are one key.
            """),
        Explanation(
            "E133", "an unknown tenant",
            """
            A membership, an identity, a policy or a test names a tenant that no `Tenant` document
            declares.

            Why: Misspelling a tenant must not move people out of the right one. (R-36)

            Example:

                kind: Members
                tenant: prodcution

                people.yaml:11:9: error[E133]: Members "prodcution": names the unknown tenant
                `prodcution`. Did you mean `production`?

            What to do: Correct the name or declare the tenant.
            """),
        Explanation(
            "E134", "an unknown permission",
            """
            A permission is named that neither exists always nor is declared.

            Why: The three with a meaning are `invite_admins`, `assign_permissions` and
            `assign_roles`. Others need a `Permission` document. (R-36)

            Example:

                permissions: [invite_admin]

                people.yaml:8:19: error[E134]: production/ann@acme.example: names the unknown
                permission `invite_admin`. Did you mean `invite_admins`?

            What to do: Correct the name, or declare the permission.
            """),
        Explanation(
            "W134", "a membership that grants nothing",
            """
            A membership names neither permissions nor roles nor bundles.

            Why: A list that is left out is empty. Someone who is a member with nothing is
            allowed, but mostly a line is missing. (R-38)

            Example:

                - { email: bob@acme.example }

                people.yaml:13:14: warning[W134]: production/bob@acme.example: gives neither
                permissions nor roles. Add `permissions` or `roles`, or remove the membership.

            What to do: Add the grants, or remove the membership.
            """),
        Explanation(
            "E135", "an unknown bundle",
            """
            A membership names a bundle that no `Bundle` document declares.

            Why: A bundle is expanded when the project is loaded; one that is not there would
            expand to nothing. (R-36)

            Example:

                bundles: [suport-engineer]

                people.yaml:17:42: error[E135]: production/bob@acme.example: names the unknown
                bundle `suport-engineer`. Did you mean `support-engineer`?

            What to do: Correct the name or declare the bundle.
            """),
        Explanation(
            "E136", "two addresses that are easily taken for each other",
            """
            Two declared addresses become the same under Unicode case folding or upper-casing, and
            at least one local part is not ASCII.

            Why: `mıke@x.example` with a dotless i is another mailbox than `mike@x.example`, but
            many systems take one for the other; that has been used to take over accounts.

            Example:

                - { email: mıke@acme.example, roles: [access_read] }
                - { email: mike@acme.example, roles: [access_read] }

                people.yaml:14:14: error[E136]: mike@acme.example: is the same address as
                mıke@acme.example to systems that fold letters. Declare one of the two.

            What to do: Use one of the two. Ask the owner which address is theirs.
            """),
        Explanation(
            "W136", "addresses that look alike",
            """
            Two declared addresses differ only in characters that look alike in many typefaces,
            such as `l`, `I` and `1`, or `o` and `0`.

            Why: A reviewer who knows one may take the other for it. Both may be right, so this is
            a warning.

            Example:

                - { email: bill@acme.example }
                - { email: bi11@acme.example }

                people.yaml:14:14: warning[W136]: bi11@acme.example: looks like
                bill@acme.example. Check that both are meant.

            What to do: Check that both people exist.
            """),
        Explanation(
            "E137", "an unknown identity",
            """
            `IdentityUsers` or an access test names an identity that no `Identity` document
            declares.

            Why: Misspelling a code must not empty the identity that was meant. (R-36)

            Example:

                kind: IdentityUsers
                identity: io.acme.plnat1

                people.yaml:17:11: error[E137]: IdentityUsers "io.acme.plnat1": names the
                unknown identity `io.acme.plnat1`. Did you mean `io.acme.plant1`?

            What to do: Correct the code or declare the identity.
            """),
        Explanation(
            "E138", "a duplicate entry in a list",
            """
            The same role, permission, bundle or name stands twice in one list.

            Why: Lists here are sets. The second entry often was to be another one. (R-36)

            Example:

                - { email: bob@acme.example, roles: [access_read, access_read] }

                people.yaml:13:53: error[E138]: production/bob@acme.example: `roles` lists
                `access_read` twice. Remove one of them.

            What to do: Remove one, or write the one that was meant.
            """),
        Explanation(
            "W141", "a role named `admin` on someone who is not",
            """
            An identity user has the informational role `admin` and not `admin: true`.

            Why: Roles on identity users are information: no right follows from them. Readers will
            think otherwise. (R-30)

            Example:

                - { email: joe@client.example, roles: [admin] }

                people.yaml:14:14: warning[W141]: identity:io.acme.plant1/joe@client.example:
                has a role named `admin` and is no admin: roles here are information. Write
                `admin: true` if the user shall change users.

            What to do: Write `admin: true`, or give the role a name that says what is meant.
            """),
        Explanation(
            "E142", "a comma in a role of an identity user",
            """
            The informational roles of identity users cannot contain commas.

            Why: The product stores them in one text, separated by commas; one with a comma would
            come back as two. (R-31)

            Example:

                roles: ["reader, writer"]

                people.yaml:14:42: error[E142]: identity:io.acme.plant1/joe@client.example:
                the role `reader, writer` has a comma. Write each role as an entry of its own.

            What to do: Write one entry for each role.
            """),
        Explanation(
            "E143", "not an identity code",
            """
            A code is lower case, dot separated and at most 253 bytes; each part has letters,
            digits and inner hyphens.

            Why: Codes are used as names in other systems, where letter case and odd characters do
            not survive. (R-34)

            Example:

                code: IO.Acme.plant1

                people.yaml:11:7: error[E143]: Identity "IO.Acme.plant1": `code` has
                `IO.Acme.plant1`, which is no valid name. Write `io.acme.plant1`: names are
                lower-case letters, digits, `-` and `_` in parts separated by dots, at most
                253 bytes.

            What to do: Write it in lower case, with dots between the parts.
            """),
        Explanation(
            "W145", "access that ends soon",
            """
            An entry expires within the next 14 days.

            Why: From that instant the entry is a declared removal; whoever relies on it should
            hear of it before.

            Example:

                - { email: bob@acme.example, roles: [access_read], expires: 2026-11-30 }

                people.yaml:13:63: warning[W145]: production/bob@acme.example: expires within
                14 days, at 2026-12-01T00:00:00Z. Extend it, or let it go.

            What to do: Write a later date, or do nothing. A nightly `muster apply --expired
            --yes` carries expiry out.
            """),
        Explanation(
            "W146", "a rule will break when something expires",
            """
            All is well today, but when a declared entry expires, a policy, a floor or another
            guard, or an access test will not hold.

            Why: On that day the plan would be refused, and whoever is on call would have to find
            out why.

            Example:

                - { email: bob@acme.example, permissions: [invite_admins], expires: 2027-06-30 }
                ---
                kind: Policy
                name: two-hands
                rules:
                  - minHolders: { permission: invite_admins, count: 2 }

                people.yaml:13:14: warning[W146]: production/bob@acme.example: when it expires
                on 2027-07-01T00:00:00Z, 1 person holds invite_admins on production; the policy
                asks for 2. Extend it, or give the rights to somebody else before.

            What to do: Name a successor now, or extend the date.
            """),
    ]
}
