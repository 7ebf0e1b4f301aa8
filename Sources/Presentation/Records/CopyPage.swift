internal import AccessModel
internal import Diagnostics
package import Reconciliation
internal import Storage

extension CopyReport {
    /// What `store copy` says.
    package var text: String {
        let identity = outcome.identity
        var text = """
            Copied store \(escapedForTerminal(identity.origin.id)) at serial \
            \(identity.origin.serial).
              from \(escapedForTerminal(outcome.source))
              to   \(escapedForTerminal(outcome.target))
            \(counts)
            Read back and compared: \(outcome.digest)

            """
        if let version = outcome.movedFrom {
            text += "The copy has this version's schema; the store it is from has \(version).\n"
        }
        if !outcome.leftTriggers.isEmpty {
            let names = outcome.leftTriggers.map(escapedForTerminal).joined(separator: ", ")
            text += "Triggers of others were not copied: \(names).\n"
        }
        if identity.underTestClock {
            text += "It was made under MUSTER_CLOCK, and so was the copy.\n"
        }
        return text + """
            \(keyAdvice)
            Both are one store now, with one id: a plan fits either. Let nothing write to the old
            one any more, set `store:` (or MUSTER_STORE) to the new one, and put the old one away.

            """
    }

    private var counts: String {
        let rows = outcome.rows.filter { $0.count > 0 && !["meta", "recording"].contains($0.name) }
            .map { "\($0.name.replacing("_", with: " ")) \(grouped(Int($0.count)))" }
        return "  " + (rows.isEmpty ? "nothing but its id" : rows.joined(separator: ", "))
    }

    /// The key goes nowhere by itself, and is never printed.
    private var keyAdvice: String {
        let place = escapedForTerminal(targetKey.place.words)
        switch targetKey.standing {
        case .unused: return "It has sent no invitation yet, so there is no key to move."
        case .fits:
            return "The invitation key in \(place) is this store's; runs on the copy need it."
        case .other:
            return "The invitation key in \(place) is not this store's: with it nothing is sent "
                + "(E305). \(keyMove)"
        case .unusable(let reason):
            return "The invitation key cannot be read: \(escapedForTerminal(reason)). \(keyMove)"
        case .missing: return "The copy has no invitation key yet. \(keyMove)"
        }
    }

    private var keyMove: String {
        guard sourceKey.standing == .fits, case .file(let path) = sourceKey.place else {
            let key = "the key that this store's links were made with"
            return switch targetKey.place {
            case .variable: "Set MUSTER_INVITATION_KEY to \(key) for every run."
            case .file(let path):
                "Put \(key) into \(escapedForTerminal(path)), mode 0600, or set "
                    + "MUSTER_INVITATION_KEY to it."
            }
        }
        let file = escapedForTerminal(path)
        return switch targetKey.place {
        case .variable: "Set MUSTER_INVITATION_KEY to the text in \(file) for every run."
        case .file(let other):
            "Copy \(file) to \(escapedForTerminal(other)), mode 0600, or set "
                + "MUSTER_INVITATION_KEY to its text."
        }
    }

    package var json: String {
        JSON.object([
            .init("format", "muster.store-copy/1"), .init("from", .string(outcome.source)),
            .init("to", .string(outcome.target)),
            .init("store", .string(outcome.identity.origin.id)),
            .init("serial", .integer(outcome.identity.origin.serial)),
            .init("digest", .string(outcome.digest)),
            .init("movedFrom", outcome.movedFrom.map { .integer($0) } ?? .null),
            .init("testClock", .bool(outcome.identity.underTestClock)),
            .init(
                "rows", .object(outcome.rows.map { .init($0.name, .integer($0.count)) })),
            .init("leftTriggers", .strings(outcome.leftTriggers)),
            .init(
                "invitationKey",
                [
                    "place": .string(targetKey.place.words),
                    "standing": .string(targetKey.standing.name),
                ]),
        ]).text
    }
}

extension CopyReport.KeyPlace {
    fileprivate var words: String {
        switch self {
        case .variable: "MUSTER_INVITATION_KEY"
        case .file(let path): path
        }
    }
}

extension CopyReport.KeyStanding {
    fileprivate var name: String {
        switch self {
        case .unused: "unused"
        case .fits: "fits"
        case .other: "other"
        case .missing: "missing"
        case .unusable: "unusable"
        }
    }
}
