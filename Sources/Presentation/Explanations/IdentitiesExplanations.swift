extension Explanations {
    static let identities: [Explanation] = [
        Explanation(
            "E281", "only an identity's admins change its users",
            """
            The actor is neither the operator nor an admin of the identity.

            Why: Permissions on a tenant say nothing about the users of its identities. (R-28)

            Example:

                $ muster plan --as me@acme.example

                identities.yaml:2:7: error[E281]: identity:io.acme.plant1: me@acme.example is
                not an active admin of this identity. Let one of its admins, or the operator,
                change its users.

            What to do: Act as an admin of the identity, or as the operator.
            """),
        Explanation(
            "E282", "the last active admin of an identity",
            """
            A step would leave the identity with fewer active admins than its floor.

            Why: Nobody inside could change its users any more. (R-29)

            Example:

                - { email: joe@client.example, admin: false }

                identities.yaml:5:14: error[E282]: identity:io.acme.plant1/joe@client.example:
                io.acme.plant1 would be left with 0 active admins; the floor is 1. Make
                another user its admin first.

            What to do: Make somebody else admin first, and wait for the acceptance.
            """),
        Explanation(
            "W282", "fewer identity admins than the floor",
            """
            The store already has fewer active admins of an identity than the floor asks for, and
            this plan does not make it worse.

            Why: An old violation is no reason to refuse a step that has nothing to do with it.
            (R-29)

            Example:

                guards: { minIdentityAdmins: 1 }

                identities.yaml:2:7: warning[W282]: identity:io.acme.plant1: io.acme.plant1
                has 0 active admins; the floor is 1. Make another user its admin first.

            What to do: Make somebody admin, or remind those who are invited.
            """),
        Explanation(
            "E283", "a system identity",
            """
            The identity is flagged as system in the store: everyone is its user, and it is not
            managed.

            Why: Declaring its users would mean removing all others. (R-33)

            Example:

                kind: Identity
                code: io.acme

                identities.yaml:2:7: error[E283]: identity:io.acme.plant1: is a system
                identity: everyone is its user. Take it out of the manifests.

            What to do: Remove the `Identity` and its `IdentityUsers`.
            """),
        Explanation(
            "E284", "an identity code that is taken",
            """
            The code belongs to an identity that this project may not take: codes are unique in
            the store.

            Why: One code names one data scope, whoever declares it. (R-34)

            Example:

                kind: Identity
                code: io.acme.plant2
                formerly: [io.acme.plant1]

                identities.yaml:2:7: error[E284]: identity:io.acme.plant2: the store has both
                this code and io.acme.plant1, its earlier one. Delete one of them, or take the
                earlier code out of `formerly`.

            What to do: Choose another code, or delete the other identity first.
            """),
    ]
}
