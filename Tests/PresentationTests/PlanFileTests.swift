import AccessModel
import Diagnostics
import Planning
import Reconciliation
import Testing

@Suite("A plan file") struct PlanFileTests {
    private func everything() -> PlanReport {
        var report = Sample.report(
            everyAction.enumerated().map { index, item in
                let change = Change(
                    id: index + 1, action: item.action, actor: .platformOperator,
                    reason: Reason.allCases[index % Reason.allCases.count],
                    mail: index.isMultiple(of: 3) ? .join : nil,
                    privileged: index.isMultiple(of: 2),
                    dependsOn: index > 1 ? [1, index] : [])
                return (change, index.isMultiple(of: 4) ? nil : Sample.at("a b/\(index).yaml", 3))
            }, findings: [Sample.typo, Sample.selfRole],
            notes: [
                PlanNote(
                    kind: .unmanaged, address: .policy("safety", rule: 2), message: "line\nbreak"),
                PlanNote(kind: .observed, address: .accessTest("t", expectation: nil), message: ""),
                PlanNote(kind: .outOfScope, address: .project, message: "</script>\u{202E}\u{7}"),
            ])
        report.comments[2] = "because"
        report.plan.allow = Allowances(removals: 79, selfRemoval: true)
        report.plan.complete = false
        report.drift = [
            ForeignChange(
                address: .account(email("ann@acme.example")), before: ["mobile": "+31612345678"],
                after: nil, at: report.plan.at, by: "root")
        ]
        for change in report.plan.changes {
            report.earlierRemovals[change.address] = EarlierRemoval(at: report.plan.at, run: 12)
        }
        return report
    }

    @Test("every kind of change is written as the contract says and read back as it was")
    func roundTrip() throws {
        let report = everything()
        let file = PlanDocument.encoded(report, maskingMobiles: false)
        let document = try PlanDocument.decoded(file.bytes).get()
        #expect(Set(report.plan.changes.map(\.kind)) == Set(ChangeKind.allCases))
        #expect(document.id == file.id)
        #expect(document.report.plan == report.plan)
        #expect(document.report.base == report.base)
        #expect(document.report.manifests == report.manifests)
        #expect(document.report.sources == report.sources)
        #expect(document.report.comments == report.comments)
        #expect(document.report.drift == report.drift)
        #expect(document.report.effects == report.effects)
        #expect(report.effects.count { $0.comesBack != nil } == 1)
        #expect(document.report.findings.map(\.sentence) == report.findings.map(\.sentence))
        let spellings = document.report.plan.changes.map { $0.address.person?.spelling }
        #expect(spellings == report.plan.changes.map { $0.address.person?.spelling })
    }

    @Test("before and after are those of the contract", arguments: everyAction.indices)
    func states(index: Int) {
        func compact(_ json: JSON) -> String {
            switch json {
            case .null: "null"
            case .bool(let value): "\(value)"
            case .integer(let value): "\(value)"
            case .string(let text): "\"\(text)\""
            case .array(let values): "[" + values.map(compact).joined(separator: ",") + "]"
            case .object(let members):
                "{" + members.map { "\"\($0.key)\":" + compact($0.value) }.joined(separator: ",")
                    + "}"
            }
        }
        let item = everyAction[index]
        #expect(compact(item.action.states.before) == item.before)
        #expect(compact(item.action.states.after) == item.after)
    }

    @Test("any flipped byte is noticed, and any cut")
    func tampering() {
        let report = Sample.report([
            (Sample.change(1, .blockAccount(email("joe@client.example"))), Sample.at("a.yaml", 1))
        ])
        let bytes = PlanDocument.encoded(report, maskingMobiles: false).bytes
        for index in bytes.indices {
            for bit: UInt8 in [0x01, 0x20, 0x80] {
                var changed = bytes
                changed[index] ^= bit
                if case .success = PlanDocument.decoded(changed) {
                    Issue.record("byte \(index) may be flipped by \(bit)")
                }
            }
            if case .success = PlanDocument.decoded(Array(bytes.prefix(index))) {
                Issue.record("the file may be cut at \(index)")
            }
        }
        #expect(PlanDocument.decoded(bytes + [0x0A]).problem == .altered)
    }

    @Test("what standard output has keeps the id, masks mobiles and cannot be applied")
    func masked() {
        let clear = PlanDocument.encoded(everything(), maskingMobiles: false)
        let masked = PlanDocument.encoded(everything(), maskingMobiles: true)
        let text = String(decoding: masked.bytes, as: UTF8.self)
        #expect(masked.id == clear.id)
        #expect(text.contains(clear.id))
        #expect(!text.contains("+31612345678"))
        #expect(text.contains("\"mobile\": \"+31*****678\""))
        #expect(PlanDocument.decoded(masked.bytes).problem == .masked)
        let unmarked = text.replacing(",\n  \"masked\": true\n", with: "\n")
        #expect(PlanDocument.decoded(Array(unmarked.utf8)).problem == .altered)
    }

    @Test("the keys of the file and of a change stand in the order of the contract")
    func keys() throws {
        let bytes = PlanDocument.encoded(Sample.team, maskingMobiles: false).bytes
        let json = try #require(JSON(bytes: bytes))
        #expect(
            json.members?.map(\.key) == [
                "format", "id", "project", "base", "manifests", "actor", "at", "allow", "complete",
                "applicable", "summary", "changes", "effects", "notes", "drift", "findings",
            ])
        #expect(
            json["changes"]?.array?.first?.members?.map(\.key) == [
                "id", "kind", "symbol", "address", "actor", "before", "after", "reason", "source",
                "mail", "destructive", "privileged", "dependsOn",
            ])
        #expect(
            json["effects"]?.array?.first?.members?.map(\.key) == [
                "person", "place", "gains", "loses", "reasons", "privileged", "destructive",
                "toItself", "comesBack", "steps",
            ])
        let typo = try #require(json["findings"]?.array?.first)
        #expect(
            typo["message"]
                == "the role `acess_read` is not in the catalogue. Did you mean `access_read`?")
        #expect(bytes.last == 0x0A && bytes.dropLast().last != 0x0A)
    }

    @Test("other files are refused for what they are")
    func others() {
        #expect(PlanDocument.decoded([]).problem == .unreadable("it ends too early, at byte 1"))
        #expect(
            PlanDocument.decoded(Array("{}".utf8)).problem
                == .unreadable("it does not say that it is one"))
        #expect(
            PlanDocument.decoded(Array(#"{"format":"muster.plan/2"}"#.utf8)).problem
                == .otherFormat("muster.plan/2"))
        let deep = Array(repeating: UInt8(ascii: "["), count: 100_000)
        #expect(
            PlanDocument.decoded(deep).problem
                == .unreadable("it is nested too deeply, at byte 34"))
    }

    @Test("text that a terminal or a browser would act upon is escaped in JSON")
    func escapes() {
        let json: JSON = ["k": "</script>\u{2028}\u{202E}\u{1B}\"\\\n\u{E0041}é"]
        #expect(
            json.text
                == #"""
                {
                  "k": "\u003c/script>\u2028\u202e\u001b\"\\\n\udb40\udc41é"
                }

                """#
        )
        #expect(JSON(bytes: json.bytes) == json)
    }
}

extension Result where Success == PlanDocument, Failure == PlanFileProblem {
    var problem: PlanFileProblem? {
        guard case .failure(let problem) = self else { return nil }
        return problem
    }
}
