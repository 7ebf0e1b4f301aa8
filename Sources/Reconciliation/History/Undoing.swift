package import Diagnostics

/// What an undo plan says besides its changes.
package struct Undoing: Hashable, Sendable {
    /// The number of the run that is undone.
    package var run: Int64
    /// What must change in the manifests with it, or the next plan does it all again.
    package var edits: [ManifestEdit]

    package init(run: Int64, edits: [ManifestEdit]) {
        self.run = run
        self.edits = edits
    }
}

/// One thing to change in the manifests, by whoever edits them.
package struct ManifestEdit: Hashable, Sendable {
    package var address: String
    /// What to do, as one sentence.
    package var message: String
    /// Where the declaration stands; `nil` when there is none yet.
    package var location: Location?
    /// A document to paste, where one must be added.
    package var yaml: String?

    package init(address: String, message: String, location: Location?, yaml: String? = nil) {
        self.address = address
        self.message = message
        self.location = location
        self.yaml = yaml
    }
}

extension Undoing {
    var json: JSON {
        ["run": .integer(run), "edits": .array(edits.map(\.json))]
    }

    init?(planFile json: JSON) {
        guard let run = json["run"]?.integer, let items = json["edits"]?.array else { return nil }
        let edits = items.compactMap(ManifestEdit.init(planFile:))
        guard edits.count == items.count else { return nil }
        self.init(run: run, edits: edits)
    }
}

extension ManifestEdit {
    fileprivate var json: JSON {
        [
            "address": .string(address), "message": .string(message),
            "source": location?.json ?? .null, "yaml": .optional(yaml),
        ]
    }

    fileprivate init?(planFile json: JSON) {
        guard let address = json["address"]?.string, let message = json["message"]?.string else {
            return nil
        }
        self.init(
            address: address, message: message,
            location: json["source"].flatMap(Location.init(planFile:)), yaml: json["yaml"]?.string)
    }
}
