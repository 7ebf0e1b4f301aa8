package import AccessModel
package import Storage

/// What a command printed that found nothing to do, kept to be said again while neither the
/// manifests nor the store nor the clock can make it another one.
package struct RememberedResult: Hashable, Sendable {
    /// Bytes; what is larger is not kept.
    package static let maximumSize = 1 << 20
    private static let format = "muster.cache/1"

    /// What was asked, of which files.
    package var question: String
    package var store: StoreMark
    /// From when, and until before when, it holds.
    package var since: Instant
    package var until: Instant?
    package var text: String
    /// What is said behind the text, with the time at which it is said.
    package var origin: PlanOrigin?

    package init(
        question: String, store: StoreMark, since: Instant, until: Instant?, text: String,
        origin: PlanOrigin?
    ) {
        self.question = question
        self.store = store
        self.since = since
        self.until = until
        self.text = text
        self.origin = origin
    }

    package func answers(_ question: String, of store: StoreMark, at now: Instant) -> Bool {
        question == self.question && store == self.store && since <= now
            && until.map { now < $0 } ?? true
    }
}

// The file: a JSON object behind its checksum.
extension RememberedResult {
    package var bytes: [UInt8] {
        let json: JSON = [
            "format": .string(Self.format), "question": .string(question),
            "store": .string(store.text), "since": .string(since.text),
            "until": .optional(until?.text), "text": .string(text),
            "origin": origin?.json ?? .null,
        ]
        return Checksum.bytes(Array(json.text.utf8))
    }

    package init?(_ bytes: [UInt8]) {
        guard let body = Checksum.body(of: bytes),
            case .success(let json) = JSONReader.value(of: Array(body)),
            json["format"]?.string == Self.format,
            let question = json["question"]?.string, let mark = json["store"]?.string,
            let since = json["since"]?.string.flatMap(Instant.init(rfc3339:)),
            let text = json["text"]?.string
        else { return nil }
        self.init(
            question: question, store: StoreMark(mark), since: since,
            until: json["until"]?.string.flatMap(Instant.init(rfc3339:)), text: text,
            origin: json["origin"].flatMap { PlanOrigin($0, at: since) })
    }
}

extension PlanOrigin {
    /// Without the time and the commit, which are those of the moment at which it is said again.
    fileprivate var json: JSON {
        [
            "actor": .string(actor.text), "project": .string(project), "store": .optional(store),
            "serial": .integer(serial),
        ]
    }

    fileprivate init?(_ json: JSON, at instant: Instant) {
        guard let actor = json["actor"]?.string.flatMap(Actor.init(planText:)),
            let project = json["project"]?.string, let serial = json["serial"]?.integer
        else { return nil }
        self.init(
            actor: actor, at: instant, project: project, store: json["store"]?.string,
            serial: serial, commit: nil)
    }
}
