package import AccessModel

/// W286: changes of others may be missing from the record, or the record was altered.
package func recorderFindings(_ faults: [RecorderFault]) -> [Finding] {
    RecorderFault.sentences(of: faults).map { sentence in
        Finding(
            "W286", .project, sentence,
            help: "Look who wrote to the store; the operator's next complete apply begins anew.",
            isGlobal: true)
    }
}

extension RecorderFault {
    /// What is wrong, one sentence for each sort.
    package static func sentences(of faults: [RecorderFault]) -> [String] {
        func names(_ name: (RecorderFault) -> String?) -> String? {
            let found = faults.compactMap(name)
            guard !found.isEmpty else { return nil }
            let rest = found.count - 3
            return found.prefix(3).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
        }
        let lists = [
            names { if case .missing(let name) = $0 { name } else { nil } }
                .map { "the recorder is off: triggers are gone (\($0))." },
            names { if case .altered(let name) = $0 { name } else { nil } }
                .map { "the recorder was altered: triggers are not as Muster made them (\($0))." },
            names { if case .unknown(let name) = $0 { name } else { nil } }
                .map { "the store has triggers that Muster did not make (\($0))." },
            names { if case .unrecorded(let part) = $0 { part.words } else { nil } }
                .map {
                    "changes are not recorded in \($0): the recorder was off or its records were "
                        + "altered."
                },
        ]
        return lists.compactMap { $0 } + faults.compactMap(\.sentence)
    }

    private var sentence: String? {
        switch self {
        case .missing, .altered, .unknown, .unrecorded: nil
        case .held: "the recorder is off: the mark of Muster's own writes was left in the store."
        case .historyAltered: "records that earlier runs settled are gone or altered."
        case .serial(let missing) where missing > 0:
            "the serial counts \(missing) more than is recorded."
        case .serial(let missing): "the serial was set back by \(-missing)."
        case .unsealed: "it is not known any more what Muster left in the store."
        }
    }
}

extension AccessPart {
    package var words: String {
        switch kind {
        case .permission: "permissions"
        case .role: "roles"
        case .tenant: "tenants"
        case .availableRole: "available roles of \(scope)"
        case .membership: "members of \(scope)"
        case .permissionGrant: "permissions of members of \(scope)"
        case .roleGrant: "roles of members of \(scope)"
        case .identity: "identities"
        case .identityUser: "users of \(scope)"
        case .account: "accounts"
        case .settings: "the settings in force"
        case .managed: "what projects manage"
        }
    }
}
