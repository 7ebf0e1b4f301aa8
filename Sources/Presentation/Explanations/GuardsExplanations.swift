extension Explanations {
    static let guards: [Explanation] = [
        Explanation(
            "W270", "the operator blocks against a floor",
            """
            Blocking this account leaves fewer active admins than a floor asks for.

            Why: Blocking is an emergency brake: the floor does not stop the operator, but it is
            said. (R-24)

            Example:

                kind: Admin
                email: ann@acme.example
                blocked: true

                people.yaml:2:8: warning[W270]: account:ann@acme.example: blocking leaves
                production without enough delegated admins. Give somebody else the rights
                soon.

            What to do: Name a replacement soon.
            """),
        Explanation(
            "E271", "too few delegated admins would be left",
            """
            A step would lower the number of active delegated admins of a tenant to below its
            floor, or further below.

            Why: Whoever is Invited or Blocked cannot act. Removing the last active one, or taking
            the last permission from them, would leave a tenant that nobody inside can administer.
            (R-24)

            Example:

                guards: { minDelegatedAdmins: 1 }

                error[E271]: production/ann@acme.example: production would be left with 0
                active delegated admins; the floor is 1. Add another one first and wait until
                that one is active.

            What to do: Add the replacement first, wait for the acceptance, then remove. Only the
            operator can lower the floor.
            """),
        Explanation(
            "W271", "fewer delegated admins than the floor",
            """
            The store already has fewer active delegated admins in a tenant than the floor asks
            for, and this plan does not make it worse.

            Why: An old violation is no reason to refuse a step that has nothing to do with it.
            (R-24)

            Example:

                minDelegatedAdmins: 2

                access.yaml:8:7: warning[W271]: tenant:production: production has 1 active
                delegated admin; the floor is 2. Let more admins accept, or lower
                minDelegatedAdmins.

            What to do: Add an admin with a permission, or remind those who are invited.
            """),
        Explanation(
            "E272", "a permission's last active holder would go",
            """
            After this step nobody active would hold the permission on the tenant.

            Why: Permissions are given by their holders only, so nobody inside could ever give it
            again. (R-25)

            Example:

                permissions: [invite_admins]     # was the last with assign_roles

                people.yaml:4:14: error[E272]:
                production/ann@acme.example#permission:assign_roles: nobody active on
                production would hold assign_roles, so nobody could give it again. Give it to
                somebody active first, or pass --allow-permission-extinction.

            What to do: Give it to somebody else first. If it is meant to vanish:
            `--allow-permission-extinction`.
            """),
        Explanation(
            "E273", "too many removals",
            """
            The plan removes more members of one tenant, or users of one identity, than the guard
            allows.

            Why: A broken checkout, or a search and replace that went too far, looks just like
            this. One removal is always allowed. (R-26)

            Example:

                guards: { maxRemovals: { count: 5, percent: 25 } }

                access.yaml:8:7: error[E273]: tenant:production: the plan removes 6 of 10; the
                guard allows 2. If that is meant, pass --allow-removals 6.

            What to do: Read the removals one by one. Then `--allow-removals N`, with the total of
            the plan.
            """),
        Explanation(
            "E274", "the actor would stop being a delegated admin",
            """
            The plan removes the actor's own last permission, or membership, on a tenant.

            Why: Whoever saws off their own branch rarely means it, and cannot undo it. (R-26)

            Example:

                $ muster plan --as me@acme.example

                people.yaml:4:14: error[E274]:
                production/me@acme.example#permission:assign_permissions: me@acme.example
                would stop being a delegated admin here. If that is meant, pass
                --allow-self-removal.

            What to do: Let somebody else apply it, or `--allow-self-removal`.
            """),
        Explanation(
            "E275", "a required admin would go",
            """
            Someone listed in the project's `requiredAdmins` would be removed, blocked, or left
            without permissions.

            Why: They are the way back in when all else fails. (R-26)

            Example:

                guards: { requiredAdmins: [breakglass@acme.example] }

                error[E275]: production/breakglass@acme.example: breakglass@acme.example is a
                required admin and would be removed. Declare the person again, or take the
                address out of requiredAdmins.

            What to do: Declare the person again; or let the operator change `requiredAdmins` in a
            run of its own.
            """),
        Explanation(
            "E276", "an authoritative tenant with nobody declared",
            """
            The store has members in this tenant, and the manifests declare none.

            Why: A file that was lost looks like this. If it is meant, it is the same as deleting
            the tenant. (R-26)

            Example:

                kind: Members
                tenant: production
                admins: []

                access.yaml:8:7: error[E276]: tenant:production: no member is declared, and
                the store has 1 member. Declare at least one, or delete the tenant with
                `state: absent`.

            What to do: Find the missing file. To close the tenant, use `state: absent`; to leave
            its members alone, `management: additive`.
            """),
        Explanation(
            "W277", "something left the manifests and stays",
            """
            A tenant, identity, role or permission that this project applied before is declared no
            more. Nothing is changed.

            Why: Absence removes members, never the things that hold them: a lost file must not
            delete a tenant. (R-27)

            Example:

                $ git rm staging.yaml

                warning[W277]: tenant:staging: was applied before and is no longer declared;
                it stays. Delete it with `state: absent`, or declare it again.

            What to do: Declare it with `state: absent` to delete it, or declare it again.
            """),
        Explanation(
            "E278", "deleting what is in use",
            """
            Something with `state: absent` still has members, users or holders, or the actor is
            not the operator.

            Why: Deleting a tenant removes everybody in it; that takes a second word. (R-27)

            Example:

                kind: Tenant
                name: production
                state: absent

                access.yaml:8:7: error[E278]: tenant:production: it still has 1 member. Remove
                them first, or write `cascade: true`.

            What to do: Remove the members first, or add `cascade: true`.
            """),
        Explanation(
            "E279", "too many revocations",
            """
            The plan takes more permissions and roles in one tenant than the guard allows.

            Why: Emptied lists are as dangerous as removed people. (R-26)

            Example:

                guards: { maxRevocations: { count: 10, percent: 33 } }

                access.yaml:8:7: error[E279]: tenant:production: the plan takes 7 of 17
                grants; the guard allows 5. If that is meant, pass --allow-revocations 7.

            What to do: Read them one by one. Then `--allow-revocations N`, with the total of the
            plan.
            """),
        Explanation(
            "W279", "a policy or a test is gone",
            """
            A `Policy` or `AccessTest` that was in force is no longer declared.

            Why: Whoever wants to break a rule could delete it in the same pull request. (R-26)

            Example:

                $ git rm policies.yaml

                muster.yaml:2:7: warning[W279]: project: policy own-people (allowedDomains
                acme.example) was in force and is gone. Look twice: nothing checks it any
                more.

            What to do: Declare it again, unless it is meant to go.
            """),
        Explanation(
            "E280", "too many mails",
            """
            The plan would send more letters than the guard allows.

            Why: A letter cannot be taken back. (R-26)

            Example:

                guards: { maxMails: 1 }

                muster.yaml:2:7: error[E280]: project: the plan sends 2 mails; the guard
                allows 1. If that is meant, pass --allow-mails 2.

            What to do: Read the plan. Then `--allow-mails N`, or `joinMail: silent`.
            """),
    ]
}
