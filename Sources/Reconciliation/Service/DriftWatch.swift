package import AccessModel
import Crypto
import Diagnostics
package import Storage

/// Looks for drift again and again, and knows whether there is something new to tell.
package actor DriftWatch {
    /// A way in which somebody is told. Each knows what it told last: one that fails does not make
    /// the others repeat themselves.
    package enum Way: String, CaseIterable, Sendable {
        case log, mail, webhook
    }

    package struct Sight: Sendable {
        package var report: DriftReport
        /// To whom it is not what was last told.
        package var news: Set<Way>
        /// What to keep when it was told.
        package var mark: String
        /// The manifests are invalid and were not at the last look, or the other way round.
        package var haveManifestsTurned: Bool
    }

    private let ports: ServicePorts
    private let reader: any StoreReader
    private let actor: Actor
    private var told: [Way: String] = [:]
    private var wereManifestsInvalid = false

    package init(_ ports: ServicePorts, actor: Actor) throws(StoreError) {
        self.ports = ports
        self.actor = actor
        reader = try ports.reader()
        for way in Way.allCases { told[way] = ports.lastTold()?.mark(of: way) }
    }

    package func look() async throws(StoreError) -> Sight {
        let observed = try await reader.snapshot(project: ports.project.name)
        let report = drift(
            in: observed, records: [], project: ports.project, loaded: ports.manifests(),
            since: try await reader.runs(limit: 1_000).first { $0.kind == .apply }, actor: actor,
            now: ports.context(actor).now)
        let mark = report.mark
        // Where nothing was ever told, the absence of drift is no news.
        var news: Set<Way> = []
        for way in Way.allCases where (told[way] ?? DriftReport.calm) != mark { news.insert(way) }
        let haveTurned = report.errors.isEmpty == wereManifestsInvalid
        wereManifestsInvalid = !report.errors.isEmpty
        return Sight(report: report, news: news, mark: mark, haveManifestsTurned: haveTurned)
    }

    /// Somebody was told in these ways. `false` when that will be forgotten with the process.
    package func keepTold(_ sight: Sight, _ ways: Set<Way>) -> Bool {
        let before = told
        for way in ways { told[way] = sight.mark }
        guard told != before else { return true }
        var text = ""
        for way in Way.allCases {
            let mark: String = told[way] ?? DriftReport.calm
            text += way.rawValue + " " + mark + "\n"
        }
        return ports.keepTold(text)
    }
}

extension String {
    fileprivate func mark(of way: DriftWatch.Way) -> String? {
        for line in split(separator: "\n") {
            let words: [Substring] = line.split(separator: " ")
            if words.count == 2, words[0] == way.rawValue { return String(words[1]) }
        }
        return nil
    }
}

extension DriftReport {
    /// The mark of a store without drift.
    static let calm = "none"

    /// The same for the same drift, whenever it is looked at and by whomever.
    var mark: String {
        guard hasDrift else { return Self.calm }
        func text(_ fields: [String: String]?) -> String {
            (fields ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                .joined(separator: "\u{1}") + (fields == nil ? "-" : "+")
        }
        let lines =
            open.map {
                let change = $0.change
                return [change.address.text, text(change.before), text(change.after)]
                    .joined(separator: "\u{2}")
            } + recorder.map { "\($0.code) \($0.message)" }
        return hexadecimal(SHA256.hash(data: Array(lines.joined(separator: "\u{3}").utf8)))
    }
}
