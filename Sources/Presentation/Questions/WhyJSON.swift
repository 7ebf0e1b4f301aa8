internal import AccessModel
internal import Manifests
package import Reconciliation
internal import Storage

extension WhyAnswer {
    /// `muster.why/1`
    package var json: String {
        JSON.object([
            .init("format", "muster.why/1"),
            .init("project", .string(project)),
            .init("store", .string(origin.id)),
            .init("serial", .integer(origin.serial)),
            .init("at", .string(now.text)),
            .init("manifestsValid", .bool(manifestsValid)),
            .init("person", .string(person.canonical)),
            .init("tenant", .optional(tenant?.text)),
            .init("account", account?.json ?? .null),
            .init("declaration", document?.json ?? .null),
            .init("expires", .optional(expires?.text)),
            .init("places", .array(places.map { $0.json(at: now) })),
        ]).text
    }
}

extension WhyAnswer.AccountFacts {
    fileprivate var json: JSON {
        [
            "state": .string(state.rawValue), "blocked": .bool(blocked),
            "automation": .bool(automation), "activated": activated?.json ?? .null,
            "blockedBy": blockedBy?.json ?? .null,
            "blockedDeclared": blockedDeclared.map(JSON.bool) ?? .null,
        ]
    }
}

extension HeldPlace {
    fileprivate func json(at now: Instant) -> JSON {
        let (kind, name) =
            switch scope {
            case .membership(let tenant, _): ("tenant", tenant.text)
            case .identityUser(let code, _): ("identity", code.text)
            }
        let waiting: JSON =
            pending
            ? [
                "state": .string(invitation.state(at: now)),
                "expiresAt": .optional(invitation?.expiresAt.text),
            ] : .null
        return [
            "kind": .string(kind), "name": .string(name),
            "tenant": .optional(tenant?.text), "renamedTo": .optional(newName),
            "address": .string(scope.address.text), "held": .bool(held),
            "pending": .bool(pending), "invitation": waiting,
            "standing": .string(standing.word), "successor": standing.successor,
            "management": .optional(management?.rawValue),
            "expires": .optional(expires?.text),
            "expiresSoon": .bool(expires?.isSoon(at: now) ?? false),
            "reason": .optional(reason), "grantedBy": .optional(grantedBy?.canonical),
            "rights": .array(rights.map(\.json)),
        ]
    }
}

extension Standing {
    /// The new address of a person who is being renamed.
    fileprivate var successor: JSON {
        if case .renaming(let email) = self { .string(email.canonical) } else { .null }
    }
}

extension HeldRight {
    fileprivate var json: JSON {
        [
            "kind": .string(kind.words.kind), "name": .optional(kind.words.name),
            "held": .bool(held), "standing": .string(standing.word),
            "declarations": .array(declarations.map(\.json)), "origin": origin?.json ?? .null,
            "takenAway": takenAway?.json ?? .null,
        ]
    }
}

extension HeldRight.Kind {
    fileprivate var words: (kind: String, name: String?) {
        switch self {
        case .member: ("member", nil)
        case .permission(let name): ("permission", name.text)
        case .role(let name): ("role", name.text)
        case .user: ("user", nil)
        case .identityAdmin: ("identityAdmin", nil)
        case .label(let label): ("informationalRole", label.text)
        case .enabled(let enabled): (enabled ? "enabled" : "disabled", nil)
        }
    }
}

extension DeclaredPlace {
    var json: JSON {
        let bundle: JSON =
            self.bundle.map { ["name": .string($0.name), "source": $0.location.json] } ?? .null
        return [
            "source": location.json, "document": .string(document.word), "bundle": bundle,
            "line": line?.json ?? .null,
        ]
    }
}

extension LineOrigin {
    fileprivate var json: JSON {
        [
            "committed": .bool(commit != nil), "commit": .optional(commit?.id),
            "author": .optional(commit?.author), "at": .optional(commit?.at.text),
            "summary": .optional(commit?.summary), "orEarlier": .bool(isCutOff),
        ]
    }
}

extension RightOrigin {
    fileprivate var json: JSON {
        switch self {
        case .run(let run, let entry):
            [
                "by": "run", "run": .integer(run.number), "kind": .string(run.kind.rawValue),
                "actor": .string(run.actor), "grantor": .string(entry.actor),
                "at": .string(run.at.text), "commit": .optional(run.commit),
                "plan": .optional(run.plan), "ci": .optional(run.ci),
                "change": .string(entry.kind), "comment": .optional(entry.comment),
            ]
        case .outside(let change):
            ["by": "outside", "at": .string(change.at.text), "who": .optional(change.by)]
        case .unrecorded: ["by": "unrecorded"]
        }
    }
}
