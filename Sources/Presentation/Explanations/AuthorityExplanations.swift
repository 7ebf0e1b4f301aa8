extension Explanations {
    static let authority: [Explanation] = [
        Explanation(
            "E210", "the actor cannot act here",
            """
            The actor is not in the store, is still Invited, is Blocked, or holds no permission on
            a tenant that the plan changes.

            Why: A run has one actor, and an actor changes only what is theirs to administer.
            (R-01)

            Example:

                $ muster plan --as carl@acme.example

                access.yaml:8:7: error[E210]: tenant:production: carl@acme.example cannot act
                here: there is no such account. Run as an admin who holds a permission here,
                or as the operator.

            What to do: Act as someone who may (`--as`, `MUSTER_ACTOR`), or as the operator
            (`--operator`). Use `--tenant` to plan only your own part.
            """),
        Explanation(
            "E211", "a permission is missing for a change",
            """
            Inviting and removing need `invite_admins`, permissions `assign_permissions`, roles
            `assign_roles`, each on the very tenant that changes. Catalogue, tenants, role
            availability, identities and blocking are the operator's.

            Why: Permissions are per tenant and never inherited. An invitation with grants needs
            the permissions for the grants as well. (R-02, R-05, R-06)

            Example:

                $ muster plan --as me@acme.example      # holds invite_admins only
                - { email: ann@acme.example, roles: [access_read] }

                people.yaml:5:14: error[E211]: production/ann@acme.example: me@acme.example
                needs assign_roles there for this change. Let somebody who holds it make the
                change, or ask for the permission first.

            What to do: Ask someone who holds it, or ask for the permission itself.
            """),
        Explanation(
            "E212", "giving a permission that one does not hold",
            """
            The actor, or the grantor that the membership names, does not hold the permission on
            that tenant.

            Why: You can only give permissions that you also possess; else `assign_permissions`
            alone would be every right at once. (R-03)

            Example:

                permissions: [assign_roles]      # me holds assign_permissions only

                people.yaml:5:46: error[E212]:
                production/ann@acme.example#permission:assign_roles: me@acme.example does not
                hold assign_roles there and cannot give it. Only a permission that one holds
                can be given; ask somebody who holds it.

            What to do: Let a holder of the permission do it.
            """),
        Explanation(
            "E213", "taking a permission that one does not hold",
            """
            The actor, or the grantor, does not hold the permission that would be revoked.

            Why: Whoever cannot give a right cannot take it either; so nobody can strip those
            above them. Removing the whole admin needs `invite_admins` only. (R-03)

            Example:

                permissions: []                  # ann holds assign_roles, me does not

                people.yaml:5:14: error[E213]:
                production/ann@acme.example#permission:assign_roles: me@acme.example does not
                hold assign_roles there and cannot take it away. Only a permission that one
                holds can be taken away; ask somebody who holds it.

            What to do: Let a holder of the permission do it.
            """),
        Explanation(
            "W213", "the actor gives itself a role",
            """
            A role need not be held to be assigned, so an admin with `assign_roles` can give a
            role to itself.

            Why: It is allowed and worth a second look. (R-04)

            Example:

                - { email: me@acme.example, roles: [access_write] }

                people.yaml:4:103: warning[W213]:
                production/me@acme.example#role:access_write: me@acme.example assigns
                access_write to itself. Let a second person look at this.

            What to do: Nothing, if it is meant.
            """),
        Explanation(
            "E214", "the grantor cannot act",
            """
            `grantedBy` names someone who is still Invited, or Blocked.

            Why: The grantor must be allowed the change as if acting alone. An account that nobody
            has activated, or that is blocked, can do nothing. (R-11)

            Example:

                grantedBy: bob@acme.example      # bob has not accepted his invitation

                people.yaml:6:40: error[E214]: production/cat@acme.example#role:access_read:
                the grantor bob@acme.example is not activated yet and cannot act. Name a
                grantor who is active, or leave grantedBy out.

            What to do: Wait until the person has accepted, or name another grantor, or none.
            """),
        Explanation(
            "E216", "the grantor is no member there",
            """
            `grantedBy` names someone who is not a member of that tenant.

            Why: A permission on one tenant says nothing on another, and grants are never
            attributed to strangers. (R-06, R-11)

            Example:

                grantedBy: zoe@acme.example

                people.yaml:5:40: error[E216]: production/cat@acme.example#role:access_read:
                the grantor zoe@acme.example is no member there. Name a grantor who is a
                member of this tenant, or leave grantedBy out.

            What to do: Name a delegated admin of the tenant, or nobody.
            """),
        Explanation(
            "E221", "a role that the store's tenant does not offer",
            """
            The manifests agree with themselves, but in the store the role is not available on the
            tenant, and this plan does not enable it.

            Why: Availability is the operator's; for others the declared list is an assertion.
            (R-07, R-08)

            Example:

                $ muster plan --as me@acme.example

                people.yaml:5:40: error[E221]: production/ann@acme.example#role:access_write:
                the role access_write is not available on production. Ask the operator to
                enable it on the tenant first.

            What to do: Let the operator apply the `availableRoles` first.
            """),
        Explanation(
            "E222", "role availability differs",
            """
            The declared `availableRoles` differ from the store's, and the actor is not the
            operator.

            Why: For a delegated admin the list is an assertion about the tenant, not a wish.
            (R-08)

            Example:

                kind: Tenant
                name: production
                availableRoles: [access_read, access_write]

                access.yaml:8:7: error[E222]: tenant:production: availableRoles differs from
                the store (not available there: access_write). Availability is the operator's:
                correct the list, or ask for an operator's apply.

            What to do: Let the operator apply it, or declare what is there.
            """),
        Explanation(
            "E223", "blocking is the operator's",
            """
            `blocked:` differs from the store, and the actor is not the operator.

            Why: A blocked person cannot log in anywhere, also in tenants that the actor does not
            know. (R-23)

            Example:

                kind: Admin
                email: ann@acme.example
                blocked: true

                people.yaml:8:8: error[E223]: account:ann@acme.example: blocked: true is
                declared, and the account is not blocked. Only the operator blocks and
                unblocks; leave the field out, or ask the operator.

            What to do: Leave `blocked` out: then it is not managed. Or ask the operator.
            """),
        Explanation(
            "E224", "the project's own guards were changed",
            """
            Guards, delivery or invitation settings differ from those last applied, and the actor
            is not the operator.

            Why: A pull request that weakens its own guards, or sends the letters elsewhere, must
            not pass on the authority of a tenant's admin.

            Example:

                guards:
                  maxRemovals: { count: 100, percent: 100 }

                muster.yaml:2:7: error[E224]: project: guards.maxRemovals changes from count
                5, percent 25 to count 100, percent 100. Only the operator changes it: take
                this out, or ask for an operator's apply.

            What to do: Let the operator apply the new settings, in a pull request of their own.
            """),
        Explanation(
            "W224", "the project's own guards were changed",
            """
            The operator's view of E224: guards, delivery or invitation settings differ from those
            last applied. It stands at the top of the plan.

            Why: Nobody should find out afterwards that the plan was judged by new rules.

            Example:

                guards:
                  maxRemovals: { count: 100, percent: 100 }

                muster.yaml:2:7: warning[W224]: project: guards.maxRemovals changes from count
                5, percent 25 to count 100, percent 100. Look twice: this changes what
                protects the store.

            What to do: Check that the change is meant.
            """),
        Explanation(
            "E230", "no valid order",
            """
            The changes need each other in a circle, so that none can come first.

            Why: Authority is judged step by step: the plan is simulated in its order, and each
            step must be allowed in the state that the earlier ones left. (R-10)

            Example:

                - { email: bob@acme.example, permissions: [], grantedBy: cat@acme.example }
                - { email: cat@acme.example, permissions: [], grantedBy: bob@acme.example }

                people.yaml:5:14: error[E230]:
                production/bob@acme.example#permission:assign_permissions: no order of the
                steps works: revokePermission
                production/bob@acme.example#permission:assign_permissions before
                revokePermission production/cat@acme.example#permission:assign_permissions
                before revokePermission
                production/bob@acme.example#permission:assign_permissions. Make these changes
                in two applies, or name another grantor.

            What to do: Split the change into two runs, or change one of the grantors.
            """),
    ]
}
