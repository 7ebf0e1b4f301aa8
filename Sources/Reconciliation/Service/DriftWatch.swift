package import AccessModel
import Crypto
import Diagnostics
package import Storage

/// Looks for drift again and again, and knows whether there is something new to tell.
package actor DriftWatch {
    package struct Sight: Sendable {
        package var report: DriftReport
        /// It is not what was last told.
        package var isNews: Bool
        /// What to keep when it was told.
        package var mark: String
    }

    private let ports: ServicePorts
    private let reader: any StoreReader
    private let actor: Actor
    private var told: String?

    package init(_ ports: ServicePorts, actor: Actor) throws(StoreError) {
        self.ports = ports
        self.actor = actor
        reader = try ports.reader()
        told = ports.lastTold()
    }

    package func look() async throws(StoreError) -> Sight {
        let observed = try await reader.snapshot(project: ports.project.name)
        let report = drift(
            in: observed, records: [], project: ports.project, loaded: ports.manifests(),
            since: try await reader.runs(limit: 1_000).first { $0.kind == .apply }, actor: actor,
            now: ports.context(actor).now)
        let mark = report.mark
        // Where nothing was ever told, the absence of drift is no news.
        return Sight(report: report, isNews: mark != (told ?? DriftReport.calm), mark: mark)
    }

    /// Everyone who is to know was told. `false` when that will be forgotten with the process.
    package func keepTold(_ sight: Sight) -> Bool {
        guard told != sight.mark else { return true }
        told = sight.mark
        return ports.keepTold(sight.mark)
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
