internal import AccessModel
internal import Planning
package import Reconciliation
internal import Storage

extension DriftReport {
    /// `muster.drift/1`. What `drift` lists has the members that a plan's `drift` has, and more.
    package var json: String {
        JSON.object([
            .init("format", "muster.drift/1"),
            .init("project", .string(project)),
            .init("store", .string(origin.id)),
            .init("serial", .integer(origin.serial)),
            .init("since", since?.json ?? .null),
            .init("differs", .bool(hasDrift)),
            .init("drift", .array(items.map(\.json))),
            .init("overdue", .strings(overdue.map(\.text))),
            .init("refusals", .strings(refusals)),
            .init("findings", .array((errors + recorder).map(\.json))),
        ]).maskingMobiles.text
    }
}

extension DriftReport.Item {
    fileprivate var json: JSON {
        var members = change.json.members ?? []
        let (state, run): (String, JSON) =
            switch standing {
            case .open: ("open", .null)
            case .reverted: ("reverted", .null)
            case .settled(let run): ("settled", .integer(run))
            }
        members += [
            .init("standing", .string(state)), .init("run", run),
            .init("privileged", .bool(isPrivileged)),
            .init("source", source?.json ?? .null),
            .init(
                "plan",
                [
                    "does": .string(course.rawValue), "kinds": .strings(kinds.map(\.rawValue)),
                    "because": .optional(restraint?.rawValue), "codes": .strings(codes),
                ]),
        ]
        return .object(members)
    }
}
