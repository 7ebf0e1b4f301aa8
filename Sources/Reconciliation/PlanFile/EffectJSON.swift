internal import AccessModel
internal import Planning

extension PersonEffect {
    /// One element of `effects`: what one person gains and loses in one place.
    var json: JSON {
        [
            "person": .string(person.canonical), "place": .string(place.text),
            "gains": .strings(gains.map(\.text)), "loses": .strings(loses.map(\.text)),
            "reasons": .strings(reasons.map(\.rawValue)), "privileged": .bool(privileged),
            "destructive": .bool(destructive), "toItself": .bool(toItself),
            "comesBack": comesBack?.json ?? .null,
            "steps": .array(steps.map { .integer($0) }),
        ]
    }
}

extension EarlierRemoval {
    fileprivate var json: JSON { ["removedAt": .string(at.text), "run": .integer(run)] }

    /// Who comes back by an element of `effects`; `nil` where nobody does.
    static func stated(in effect: JSON) -> (Address, EarlierRemoval)? {
        guard let removal = effect["comesBack"], let run = removal["run"]?.integer,
            let at = removal["removedAt"]?.string.flatMap(Instant.init(rfc3339:)),
            let person = effect["person"]?.string, let place = effect["place"]?.string
        else { return nil }
        let prefix = "tenant:"
        let text =
            place.hasPrefix(prefix)
            ? place.dropFirst(prefix.count) + "/" + person
            : place + "/" + person
        return Address(planText: String(text)).map { ($0, EarlierRemoval(at: at, run: run)) }
    }
}
