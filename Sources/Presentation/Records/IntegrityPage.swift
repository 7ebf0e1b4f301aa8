internal import AccessModel
internal import Diagnostics
internal import Planning
internal import Reconciliation
package import Storage

extension IntegrityReport {
    /// One line a check, and below it what is wrong where.
    package func text(style: Style) -> String {
        var text = ""
        for finding in findings {
            let title = finding.check.title
            if finding.isGood {
                text += "\(style.painted("ok", .green))      \(title)\n"
                continue
            }
            if finding.problems == [.notReached] {
                text += "\(style.painted("unknown", .yellow)) \(title)\n"
                continue
            }
            text += "\(style.painted("FAILED", .boldRed))  \(title)\n"
            for sentence in finding.sentences {
                text += "        \(escapedForTerminal(sentence))\n"
            }
        }
        if let origin {
            text += "\nStore \(escapedForTerminal(origin.id)), serial \(origin.serial)"
            if let auditHead { text += ", audit head \(escapedForTerminal(auditHead))" }
            text += ".\n"
        }
        if let digest { text += "Content \(digest)\n" }
        guard isGood else {
            return text + "Keep the store as it is, and put back a copy, or look who wrote to it.\n"
        }
        return text
    }

    package var json: String {
        JSON.object([
            .init("format", "muster.store-check/1"), .init("good", .bool(isGood)),
            .init("store", .optional(origin?.id)),
            .init("serial", origin.map { .integer($0.serial) } ?? .null),
            .init("auditHead", .optional(auditHead)), .init("digest", .optional(digest)),
            .init("checks", .array(findings.map(\.json))),
        ]).text
    }
}

extension IntegrityReport.Finding {
    fileprivate var sentences: [String] {
        var faults: [RecorderFault] = []
        var sentences: [String] = []
        for problem in problems {
            if case .recorder(let fault) = problem {
                faults.append(fault)
            } else {
                sentences.append(problem.sentence)
            }
        }
        sentences += RecorderFault.sentences(of: faults)
        if count > problems.count {
            sentences.append("and \(grouped(count - problems.count)) more.")
        }
        return sentences
    }

    fileprivate var json: JSON {
        [
            "check": .string(check.rawValue), "title": .string(check.title),
            "result": .string(
                isGood ? "ok" : problems == [.notReached] ? "unknown" : "failed"),
            "count": .integer(problems == [.notReached] ? 0 : count),
            "problems": .strings(problems == [.notReached] ? [] : sentences),
        ]
    }
}

extension IntegrityReport.Check {
    fileprivate var title: String {
        switch self {
        case .engine: "the engine's own check"
        case .schema: "tables, columns, keys and indices are this version's"
        case .recorder: "the record of others' changes is whole"
        case .references: "every row that another one names is there"
        case .values: "every value can be read"
        case .accounts: "one account per canonical e-mail"
        case .places: "one membership per tenant and account, one user per identity and account"
        case .invitations: "at most one live invitation per scope and account"
        case .roles: "a member's roles are available on the tenant"
        case .strays: "no account without a membership or an identity, blocked ones excepted"
        case .tokens: "raw tokens are not stored"
        case .sequence: "the sequence of the audit has no gap"
        case .chain: "the audit chain verifies"
        case .state: "access is what Muster left and others are recorded to have changed"
        }
    }
}

extension IntegrityProblem {
    fileprivate var sentence: String {
        switch self {
        case .engine(let words): "\(words)."
        case .failed(let reason): "this cannot be looked at: \(reason)."
        case .notReached: "this cannot be looked at."
        case .missing(let part): "\(part) is gone."
        case .altered(let part): "\(part) is not as Muster made it."
        case .unexpected(let part): "\(part) was not made by Muster."
        case .recorder(let fault): RecorderFault.sentences(of: [fault]).joined(separator: " ")
        case .dangling(let row, let table): "\(row) names a row of \(table) that is not there."
        case .value(let row, let what): "\(row): \(what)."
        case .notCanonical(let email): "accounts \(email): the address is not in canonical form."
        case .twice(let row): "\(row) is there twice."
        case .liveTwice(let scope): "\(scope.address.text) has two live invitations."
        case .unavailable(let tenant, let email, let role):
            "\(Address.membership(tenant, email).text) has the role \(role), which is not "
                + "available on the tenant."
        case .stray(let email): "\(Address.account(email).text) is a member or user of nothing."
        case .tokenHash(let id): "invitation \(id) has something that is no hash of a token."
        case .gap(let table, let first, let last):
            first == last
                ? "\(table) \(first) is missing." : "\(table) \(first) to \(last) are missing."
        case .brokenChain(let broken): "entry \(broken.sequence): \(broken.reason)."
        case .headNotFound(let head):
            "the head \(head) is not in it: its end was cut off or rewritten."
        }
    }
}
