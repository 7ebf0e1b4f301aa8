import AccessModel
package import Storage

/// Where invitations are answered over HTTP. Each answer is a run of its own, with the person as
/// its actor.
package struct Reception: Sendable {
    package enum Outcome: Sendable {
        case accepted(AcceptanceOffer)
        case declined(AcceptanceOffer)
        /// One and the same for unknown, used, expired and revoked tokens.
        case invalid
        case incomplete(AcceptanceOffer, [AcceptanceOffer.Detail: ProfileForm.Fault])
        /// Somebody holds the store's lock, or too many wait for it.
        case busy
        case failed(StoreError)
    }

    /// How many seconds one waits for the store's lock; an apply of usual size takes less.
    static let patience: Int64 = 8

    private let ports: ServicePorts
    private let offers: OfferDesk
    private let gate = Gate(room: 256)

    package init(_ ports: ServicePorts, offers: OfferDesk) {
        self.ports = ports
        self.offers = offers
    }

    package func accept(_ token: String, with form: ProfileForm) async -> Outcome {
        await answering(token) { offer, desk throws(InvitationDesk.Problem) in
            let (profile, faults) = form.filling(offer)
            guard faults.isEmpty else { return .incomplete(offer, faults) }
            let accepted = try await desk.accept(token: token, filling: profile)
            return .accepted(offer.limited(to: accepted.places))
        }
    }

    package func decline(_ token: String) async -> Outcome {
        await answering(token) { offer, desk throws(InvitationDesk.Problem) in
            _ = try await desk.decline(token: token)
            return .declined(offer)
        }
    }

    /// A token that is not valid never waits for the lock.
    private func answering(
        _ token: String,
        _ work: (AcceptanceOffer, InvitationDesk) async throws(InvitationDesk.Problem) -> Outcome
    ) async -> Outcome {
        do throws(StoreError) {
            guard let (offer, _) = try await offers.offer(for: token) else { return .invalid }
            guard await gate.enter() else { return .busy }
            let outcome = await locked(as: offer.email) { desk throws(InvitationDesk.Problem) in
                try await work(offer, desk)
            }
            await gate.leave()
            return outcome
        } catch {
            return Self.outcome(of: error)
        }
    }

    private func locked(
        as email: EmailAddress,
        _ work: (InvitationDesk) async throws(InvitationDesk.Problem) -> Outcome
    ) async -> Outcome {
        let lock: any StoreLock
        let context = ports.context(.person(email))
        do throws(StoreError) {
            lock = try await ports.store.lock(holder: context.holder, timeout: Self.patience)
        } catch {
            return Self.outcome(of: error)
        }
        let outcome: Outcome
        do throws(InvitationDesk.Problem) {
            // The clock is read under the lock: whoever waited may have waited too long.
            outcome = try await work(
                InvitationDesk(
                    store: ports.store, keys: ports.keys, context: ports.context(.person(email)),
                    project: ports.project))
        } catch {
            outcome = Self.outcome(of: error)
        }
        await lock.release()
        return outcome
    }

    private static func outcome(of problem: InvitationDesk.Problem) -> Outcome {
        switch problem {
        case .invalidToken, .noneOpen, .refused: .invalid
        case .store(let error): outcome(of: error)
        case .key: .failed(.failed("the invitation key cannot be used"))
        }
    }

    private static func outcome(of error: StoreError) -> Outcome {
        switch error {
        // Another commit came between reading and writing; the person may simply try again.
        case .locked, .stale: .busy
        case .absent, .unreachable, .notAStore, .damaged, .newer, .insecure, .trackedByGit, .taken,
            .readOnly, .full, .outcomeUnknown, .clock, .failed:
            .failed(error)
        }
    }
}

extension AcceptanceOffer {
    /// What was opened in the end: a place may have gone since the page was read.
    fileprivate func limited(to scopes: [Scope]) -> AcceptanceOffer {
        let names = Set(
            scopes.map { scope in
                switch scope {
                case .membership(let tenant, _): Place(kind: .tenant, name: tenant.text, title: "")
                case .identityUser(let code, _): Place(kind: .identity, name: code.text, title: "")
                }
            })
        var offer = self
        offer.places = places.filter {
            names.contains(Place(kind: $0.kind, name: $0.name, title: ""))
        }
        return offer
    }
}
