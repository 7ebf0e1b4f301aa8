package import AccessModel
package import Diagnostics
package import Manifests
package import Storage

/// What a question about a person is asked of.
package struct WhyQuestion: Sendable {
    package var person: EmailAddress
    package var tenant: TenantName?
    package var project: Project
    package var loaded: LoadedManifests
    package var now: Instant

    package init(
        person: EmailAddress, tenant: TenantName?, project: Project, loaded: LoadedManifests,
        now: Instant
    ) {
        self.person = person
        self.tenant = tenant
        self.project = project
        self.loaded = loaded
        self.now = now
    }

    /// The answer without what made each right; `nil` for somebody of whom nobody knows.
    package func answer(from observed: ObservedState) -> WhyAnswer? {
        let declared = DeclaredPlaces(loaded, observed: observed, at: now)
        let account = observed.accounts[person]
        let admin = declared?.person(person)
        let all = PersonalRights(
            person: person, observed: observed, declared: declared, tenant: nil)
        guard account != nil || admin != nil || !all.places.isEmpty else { return nil }
        let selected = PersonalRights(
            person: person, observed: observed, declared: declared, tenant: tenant)
        return WhyAnswer(
            project: project.name,
            origin: observed.origin ?? ObservedState.Origin(id: "", serial: 0), person: person,
            now: now,
            account: account.map {
                WhyAnswer.AccountFacts(
                    state: $0.state, blocked: $0.blocked, automation: $0.automation,
                    blockedDeclared: admin?.blocked)
            },
            document: admin.flatMap { _ in
                loaded.provenance[.account(person)].map {
                    DeclaredPlace(location: loaded.sources.location(of: $0), document: .admin)
                }
            },
            expires: admin?.expires, places: selected.places, tenant: tenant,
            manifestsValid: declared != nil)
    }

    /// The answer with the run that made each right, or who made it without Muster.
    ///
    /// The audit is asked for this person's places alone, and again for their earlier names.
    package func explained(
        _ answer: WhyAnswer, from observed: ObservedState, by reader: some StoreReader
    ) async throws(StoreError) -> WhyAnswer {
        var wanted = Set(answer.objects)
        var asked: Set<Address> = []
        var entries: [AuditEntry] = []
        while !wanted.isEmpty {
            entries += try await reader.audit(.objects(wanted.sorted()))
            asked.formUnion(wanted)
            let history = RightHistory(entries: entries)
            wanted = Set(asked.flatMap(history.names)).subtracting(asked)
        }
        let runs = try await reader.runs(numbered: Set(entries.map(\.run)))
        return answer.explained(
            by: RightHistory(entries: entries, runs: runs),
            OutsideChanges(observed.foreignChanges.filter { $0.address.person == person }))
    }

    /// What became of an account that is gone; `nil` when none is known to have been.
    package func deletion(by reader: some StoreReader) async throws(StoreError) -> RightOrigin? {
        let entries = try await reader.audit(.objects([.account(person)]))
        let runs = try await reader.runs(numbered: Set(entries.map(\.run)))
        return RightHistory(entries: entries, runs: runs).deletion(of: person)
    }
}

extension WhyAnswer {
    /// Whose entries of the audit tell of these rights, and of what they were called before.
    fileprivate var objects: [Address] {
        var objects = [Address.account(person)]
        for place in places where place.held {
            objects.append(place.scope.address)
            switch place.scope {
            case .membership(let tenant, _): objects.append(.tenant(tenant))
            case .identityUser(let code, _): objects.append(.identity(code))
            }
            for right in place.rights {
                if case .role(let name) = right.kind { objects.append(.role(name)) }
            }
        }
        return objects
    }

    fileprivate func explained(by history: RightHistory, _ outside: OutsideChanges) -> WhyAnswer {
        var answer = self
        if account?.state == .activated {
            answer.account?.activated = history.activation(of: person)
        }
        if account?.blocked == true {
            answer.account?.blockedBy =
                outside.blocking(of: person).map(RightOrigin.outside) ?? history.block(of: person)
        }
        for place in answer.places.indices {
            let scope = answer.places[place].scope
            for right in answer.places[place].rights.indices {
                let kind = answer.places[place].rights[right].kind
                if answer.places[place].rights[right].held {
                    answer.places[place].rights[right].origin =
                        outside.making(of: kind, in: scope).map(RightOrigin.outside)
                        ?? history.origin(of: kind, in: scope)
                } else {
                    answer.places[place].rights[right].takenAway =
                        outside.taking(of: kind, in: scope)
                }
            }
        }
        return answer
    }

    /// The answer with who wrote each line, as far as git knows.
    package func blamed(on lines: [Location: LineOrigin]) -> WhyAnswer {
        var answer = self
        func blamed(_ place: DeclaredPlace) -> DeclaredPlace {
            var place = place
            place.line = lines[place.location]
            return place
        }
        answer.document = document.map(blamed)
        for place in answer.places.indices {
            for right in answer.places[place].rights.indices {
                answer.places[place].rights[right].declarations =
                    answer.places[place].rights[right].declarations.map(blamed)
            }
        }
        return answer
    }

    /// Every line of the manifests that the answer names.
    package var locations: [Location] {
        (document.map { [$0.location] } ?? [])
            + places.flatMap { $0.rights.flatMap { $0.declarations.map(\.location) } }
    }
}

/// What others changed of one person's places and did not change back.
private struct OutsideChanges {
    private let changes: [Address: ForeignChange]

    init(_ changes: [ForeignChange]) {
        self.changes = Dictionary(changes.map { ($0.address, $0) }, uniquingKeysWith: { $1 })
    }

    func blocking(of email: EmailAddress) -> ForeignChange? {
        changes[.account(email)].flatMap {
            $0.after?["blocked"] == "true" && $0.before?["blocked"] != "true" ? $0 : nil
        }
    }

    /// The change that put it there.
    func making(of kind: HeldRight.Kind, in scope: Scope) -> ForeignChange? {
        change(kind, scope) { before, after in !before && after }
    }

    /// The change that took it away.
    func taking(of kind: HeldRight.Kind, in scope: Scope) -> ForeignChange? {
        change(kind, scope) { before, after in before && !after }
    }

    private func change(
        _ kind: HeldRight.Kind, _ scope: Scope, _ fits: (_ before: Bool, _ after: Bool) -> Bool
    ) -> ForeignChange? {
        for address in kind.addresses(in: scope) {
            guard let change = changes[address] else { continue }
            if fits(kind.isIn(change.before), kind.isIn(change.after)) { return change }
        }
        return nil
    }
}

extension HeldRight.Kind {
    /// Where a change of it would be recorded: its own address, or the place's.
    fileprivate func addresses(in scope: Scope) -> [Address] {
        guard case .membership(let tenant, let email) = scope else { return [scope.address] }
        let own: [Address] =
            switch self {
            case .permission(let name): [.grant(tenant, email, .permission(name))]
            case .role(let name): [.grant(tenant, email, .role(name))]
            case .member, .user, .identityAdmin, .label, .enabled: []
            }
        return own + [scope.address]
    }

    /// Whether the recorded fields of the place have it.
    fileprivate func isIn(_ fields: [String: String]?) -> Bool {
        guard let fields else { return false }
        switch self {
        case .member, .permission, .role, .user: return true
        case .identityAdmin: return fields["admin"] == "true"
        case .label(let label):
            return fields["roles"]?.split(separator: ",").contains { $0 == label.text } ?? false
        case .enabled(let enabled): return fields["enabled"] == (enabled ? "true" : "false")
        }
    }
}
