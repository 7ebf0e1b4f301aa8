extension Explanations {
    static let drift: [Explanation] = [
        Explanation(
            "W285", "changed outside Muster",
            """
            Somebody changed the store without Muster: at an SQL console, or with another program.

            Why: The manifests say who may do what only as long as nothing else does. The store
            itself records what others change, so that it can be seen and put right.

            Example:

                $ sqlite3 .muster/store.db "DELETE FROM membership_roles"
                $ muster drift

                - production/ann@acme.example#role:access_read: removed
                    2026-11-22 10:05:00 UTC, the store does not know by whom
                    -> the next plan reverts it (assignRole)

                warning[W285]: 1 object changed outside Muster; the next plan reverts 1.

            What to do: `muster apply` does what is said of the next plan. To keep what is there
            instead, write it into the manifests: `muster export --adopt` does. Either way the
            operator's next complete apply settles it. The exit code of `muster drift` is 2.
            """),
        Explanation(
            "W286", "the record of others' changes cannot be trusted",
            """
            The store's own record of what others change was switched off or altered, or the store
            is not what Muster left there together with what is recorded since.

            Why: Whoever can write to the store can also take its triggers away, change access and
            put them back. So each run of Muster keeps sums of all access and of the records, and
            the next one compares. They show that something was changed and in which table and
            tenant, not what it was. Whoever knows this and recomputes the sums is not found: for
            that there is the head of the audit chain, kept elsewhere.

            Example:

                $ sqlite3 .muster/store.db "DROP TRIGGER accounts_update"
                $ muster plan --operator

                muster.yaml:2:7: warning[W286]: project: the recorder is off: triggers are gone
                (accounts_update). Look who wrote to the store; the operator's next complete
                apply begins anew.

            What to do: Find out who wrote to the store. Read the plan with care: it compares
            with the store as it is, so that what an authoritative tenant should not have
            shows there. The operator's next complete apply puts the recorder back and takes
            the store as it then is for its new beginning. Triggers that Muster did not make
            stay until somebody drops them.
            """),
    ]
}
