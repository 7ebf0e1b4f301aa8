extension Explanations {
    /// What `validate --strict` tells.
    static let lint: [Explanation] = [
        Explanation(
            "W150", "the same right by two ways",
            """
            Told by `validate --strict`. A membership has a right in its own list and by a
            bundle, or by two bundles; or an identity user is `admin: true` and in the
            tenant's `identityAdmins`.

            Why: Whoever takes one of the two away believes that the right is gone.

            Example:

                kind: Bundle
                name: support
                roles: [access_read]
                ---
                - { email: bob@acme.example, roles: [access_read], bundles: [support] }

                people.yaml:13:40: warning[W150]: production/bob@acme.example: has the role
                `access_read` twice: in its own list and by the bundle `support`. Remove it
                here, unless it shall stay when the bundle changes.

            What to do: Keep one of the two.
            """),
        Explanation(
            "W151", "a bundle that nobody has",
            """
            Told by `validate --strict`. No membership names the bundle.

            Why: It looks like access that somebody has, and is none.

            Example:

                kind: Bundle
                name: support
                roles: [access_read]

                access.yaml:11:7: warning[W151]: Bundle "support": is in no membership. Remove
                it, or use it.

            What to do: Remove the document, or name the bundle in a membership.
            """),
        Explanation(
            "W152", "a role or a permission that nothing uses",
            """
            Told by `validate --strict`. The role is available on no tenant, and no membership,
            bundle, policy or access test names it; of a permission the same. In a project with a
            tenant that has no `availableRoles` roles are not looked at.

            Why: Mostly a leftover of something that was replaced.

            Example:

                kind: Role
                name: access_audit

                access.yaml:8:7: warning[W152]: role:access_audit: is available on no tenant, and
                in no membership, bundle, policy or access test. Use it, or remove it;
                `state: absent` deletes it from the store.

            What to do: Write `state: absent`, apply as the operator, then remove the document.
            """),
        Explanation(
            "W153", "an end in the past",
            """
            Told by `validate --strict`. What the entry declares has ended.

            Why: From its end on the entry is a declared removal. Once that is applied it has no
            effect, and readers count it as somebody who has access.

            Example:

                - { email: bob@acme.example, roles: [access_read], expires: 2026-06-30 }

                people.yaml:13:63: warning[W153]: production/bob@acme.example: has expired, at
                2026-07-01T00:00:00Z. Remove the entry once `apply` has removed the access.

            What to do: Apply, then remove the entry; in an additive tenant in this order.
            """),
        Explanation(
            "W154", "an invitation that nobody takes",
            """
            Told by `validate --strict` where the store is there and can be read. Somebody was
            added 30 days ago or more and has not accepted. The audit tells since when.

            Why: Access that is ready for somebody who does not come is a door left open, and who
            needs it goes without.

            Example:

                - { email: bob@acme.example, roles: [access_read] }

                people.yaml:13:14: warning[W154]: production/bob@acme.example: has been pending
                for 51 days, since 2026-10-01T10:00:00Z. Ask the person, send the invitation
                again, or remove the entry.

            What to do: Ask. `muster invitation resend` sends a fresh link.
            """),
    ]
}
