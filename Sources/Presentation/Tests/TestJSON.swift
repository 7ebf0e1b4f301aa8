internal import AccessModel
internal import Diagnostics
package import Reconciliation

extension TestReport {
    /// `muster.test/1`.
    package var json: String {
        let failed = checks.count { !$0.passes }
        return JSON.object([
            .init("format", "muster.test/1"),
            .init("project", .string(project)),
            .init("at", .string(at.text)),
            .init(
                "store",
                store.map { ["id": .string($0.id), "serial": .integer($0.serial)] } ?? .null),
            .init("passed", .bool(passes)),
            .init(
                "summary",
                [
                    "checks": .integer(checks.count), "passed": .integer(checks.count - failed),
                    "failed": .integer(failed),
                ]),
            .init("groups", .array(groups.map(\.json))),
            .init("findings", .array(findings.map(\.json))),
        ]).text
    }
}

extension TestReport.Group {
    fileprivate var json: JSON {
        [
            "state": .string(state.rawValue), "kind": .string(kind.rawValue),
            "name": .string(name), "address": .string(address.text),
            "status": status(passes), "source": location?.json ?? .null,
            "checks": .array(checks.map(\.json)),
        ]
    }
}

extension TestReport.Check {
    fileprivate var json: JSON {
        [
            "number": .integer(number), "address": .string(address.text),
            "status": status(passes), "expected": .string(expected),
            "source": location?.json ?? .null, "failures": .array(failures.map(\.json)),
            "remarks": .strings(remarks),
        ]
    }
}

private func status(_ passes: Bool) -> JSON { passes ? "ok" : "failed" }
