extension Explanations {
    static let apply: [Explanation] = [
        Explanation(
            "E301", "the plan is stale",
            """
            What the plan was computed from has changed since: the store, or what it holds of the
            tenants, identities and accounts that the plan touches.

            Why: A plan is applied as it was reviewed, or not at all. Accepting an invitation does
            not make it stale. (R-41)

            Example:

                $ muster apply plan.json --operator

                error[E301]: the plan is stale: what it was computed from has changed. Plan
                again.

            What to do: Plan again and have it reviewed. The exit code is 4.
            """),
        Explanation(
            "E302", "the store is locked",
            """
            Another run holds the store's one lock, and it did not end within `--lock-timeout`.

            Why: Two runs at once could each take one of the last two admins.

            Example:

                $ muster apply --operator --yes --lock-timeout 5s

                error[E302]: store: operator (ann on build-1, process 4711) has held the lock
                since 2026-11-22 10:00:00 UTC. Wait, and run it again; `apply
                --lock-timeout` waits longer.

            What to do: Wait. The lock goes with the process that holds it; there is nothing to
            clean up. The exit code is 4.
            """),
        Explanation(
            "E303", "the store is newer than the tool",
            """
            The store has a schema version that this program does not know.

            Why: An older program would misread what a newer one wrote. Nothing was written.

            Example:

                $ muster apply --operator --yes

                error[E303]: store: its schema is version 9, and this muster knows 1. Use a
                newer muster; nothing was written.

            What to do: Update Muster.
            """),
        Explanation(
            "E304", "the plan file does not verify",
            """
            The file is damaged, cut, changed, of another format, or not the plan that `--expect`
            names.

            Why: The plan's id is a digest over the file: any changed byte is seen. What an
            `--out` file says, a person has reviewed. (R-41)

            Example:

                $ muster apply plan.json --operator

                error[E304]: plan.json: the file was changed or cut after it was written: its
                id does not fit. Make the plan again with --out.

            What to do: Plan again with `--out`. JSON from standard output cannot be applied, for
            it has its mobiles masked.
            """),
        Explanation(
            "E305", "another invitation key",
            """
            The key in use is not the one that this store's invitations were made with.

            Why: Tokens derive from the key: with another, links would be sent that nobody can
            accept, and the old ones could not be sent again. Nothing was written or sent.

            Example:

                $ MUSTER_INVITATION_KEY=… muster apply --operator --yes

                error[E305]: invitation key: the store's links were made with the key
                d8846a6e675806de, and this is e8032582e71a1e36. Use the key of this store;
                nothing was written or sent.

            What to do: Bring the key back: `MUSTER_INVITATION_KEY`, or `.muster/invitation.key`
            beside a SQLite store.
            """),
        Explanation(
            "E306", "the store is in git, or open to others",
            """
            The SQLite file is tracked by git, or others on this machine can write it.

            Why: It has personal data, and a merge of two stores is neither of them. What anybody
            can write is no truth about who has access.

            Example:

                $ git add .muster/store.db

                error[E306]: .muster/store.db: the store is tracked by git, so that its people
                would be published. Run `git rm --cached` on it and ignore `.muster/`.

            What to do: Run what the message says, and commit `.gitignore` with `.muster/`.
            """),
        Explanation(
            "E371", "too few delegated admins, seen under the lock",
            """
            Between planning and applying somebody else's run took an admin away, so that a step
            of this plan would now break the floor.

            Why: Every check of the plan is repeated on the live store before the first write.
            Otherwise two runs could each remove one of the last two. (R-24)

            Example:

                $ muster apply --operator --yes & muster apply --operator --yes

                error[E371]: production/ann@acme.example: production would be left with 0
                active delegated admins; the floor is 1. Add another one first and wait until
                that one is active.

            What to do: Plan again, and look at who is left.
            """),
    ]
}
