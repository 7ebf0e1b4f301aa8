package import AccessModel

/// Something worth knowing that is no change and no finding.
package struct PlanNote: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Waits for a person to accept; counts as converged.
        case awaiting
        /// In the store, not declared, and left alone.
        case unmanaged
        /// A difference in a tenant or an identity that is only observed.
        case observed
        /// The old address of a person stays until the new one is active.
        case renaming
        /// A finding about something that `--tenant` or `--identity` left out.
        case outOfScope
        /// A declaration past its end.
        case expired
        /// What a run did is no longer so, and its undoing leaves it alone.
        case conflict
        /// What no plan can take back.
        case irreversible
    }

    package var kind: Kind
    package var address: Address
    private var wording: Wording

    package init(kind: Kind, address: Address, message: String) {
        self.kind = kind
        self.address = address
        wording = .text(message)
    }

    /// Who is awaited, and until when if somebody knows.
    init(awaiting scope: Scope, until end: Instant?, hasEnded: Bool = false) {
        kind = .awaiting
        address = scope.address
        wording =
            switch end {
            case let end? where hasEnded: .waitedUntil(end)
            case let end?: .waitsUntil(end)
            case nil: .waits
            }
    }

    /// Made when it is asked for: a million people may be awaited.
    package var message: String {
        get {
            switch wording {
            case .text(let text): text
            case .waits: "waits for \(person) to accept"
            case .waitsUntil(let end): "waits for \(person) to accept, until " + end.text
            case .waitedUntil(let end): "waited for \(person) to accept, until " + end.text
            }
        }
        set { wording = .text(newValue) }
    }

    private var person: String { address.person?.canonical ?? "" }

    private enum Wording: Hashable, Sendable {
        case text(String)
        case waits
        case waitsUntil(Instant)
        case waitedUntil(Instant)
    }

    package static func == (a: Self, b: Self) -> Bool {
        a.kind == b.kind && a.address == b.address
            && (a.wording == b.wording || a.message == b.message)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(address)
        hasher.combine(message)
    }
}
