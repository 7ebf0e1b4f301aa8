internal import AccessModel
internal import Diagnostics
internal import Planning

extension PlanDocument {
    /// The plan in a file's bytes. Nothing of it is believed before the id has been checked.
    package static func decoded(_ bytes: [UInt8]) -> Result<PlanDocument, PlanFileProblem> {
        guard bytes.count <= maximumSize else { return .failure(.tooLarge) }
        let json: JSON
        switch JSONReader.value(of: bytes) {
        case .success(let value): json = value
        case .failure(let problem):
            return .failure(.unreadable("\(problem.reason), at byte \(problem.offset + 1)"))
        }
        guard let format = json["format"]?.string, format.hasPrefix("muster.plan/") else {
            return .failure(.unreadable("it does not say that it is one"))
        }
        guard format == Self.format else { return .failure(.otherFormat(format)) }
        if json["masked"]?.bool == true { return .failure(.masked) }
        guard let id = PlanFileID(verifying: bytes) else { return .failure(.altered) }
        do throws(PlanFileProblem) {
            let report = try PlanReport(planFile: json)
            // What was understood must be all that is there.
            guard encoded(report, maskingMobiles: false).bytes == bytes else {
                throw .invalid("its content is not what Muster writes")
            }
            return .success(PlanDocument(id: id.text, report: report))
        } catch {
            return .failure(error)
        }
    }
}

extension PlanReport {
    fileprivate init(planFile json: JSON) throws(PlanFileProblem) {
        let items = try json.required("changes", \.array)
        var changes: [Change] = []
        var sources: [Location?] = []
        var comments: [String?] = []
        for (index, item) in items.enumerated() {
            guard let change = Change(planFile: item), change.id == index + 1,
                change.dependsOn.allSatisfy({ $0 >= 1 && $0 <= items.count })
            else { throw .invalid("step \(index + 1)") }
            changes.append(change)
            sources.append(item["source"].flatMap(Location.init(planFile:)))
            comments.append(item["comment"]?.string)
        }
        guard let actor = Actor(planText: try json.required("actor", \.string)),
            let at = Instant(rfc3339: try json.required("at", \.string))
        else { throw .invalid("`actor` or `at`") }
        var plan = Plan(actor: actor, at: at, changes: changes)
        plan.allow = Allowances(planFile: try json.required("allow", \.self))
        plan.complete = try json.required("complete", \.bool)
        plan.summary = PlanSummary(planFile: try json.required("summary", \.self))
        plan.notes = try json.each("notes", PlanNote.init(planFile:))
        self.init(
            project: try json.required("project", \.string),
            base: Base(
                store: json["base"]?["store"]?.string,
                serial: json["base"]?["serial"]?.integer ?? 0,
                digest: json["base"]?["digest"]?.string ?? ""),
            manifests: ManifestsSummary(
                digest: json["manifests"]?["digest"]?.string ?? "",
                commit: json["manifests"]?["commit"]?.string,
                files: json["manifests"]?.count("files") ?? 0),
            plan: plan, sources: sources, comments: comments,
            findings: try json.each("findings", ResolvedDiagnostic.init(planFile:)),
            drift: try json.each("drift", ForeignChange.init(planFile:)),
            applicable: try json.required("applicable", \.bool))
        // What follows from the changes is computed again; whoever decodes compares the bytes.
        for effect in try json.required("effects", \.array) {
            guard let (address, removal) = EarlierRemoval.stated(in: effect) else { continue }
            earlierRemovals[address] = removal
        }
        undoing = json["undo"].flatMap(Undoing.init(planFile:))
    }
}

extension JSON {
    fileprivate func required<Value>(
        _ key: String, _ value: (JSON) -> Value?
    ) throws(PlanFileProblem) -> Value {
        guard let value = self[key].flatMap(value) else { throw .invalid("`\(key)`") }
        return value
    }

    fileprivate func each<Value>(
        _ key: String, _ value: (JSON) -> Value?
    ) throws(PlanFileProblem) -> [Value] {
        var values: [Value] = []
        for item in try required(key, \.array) {
            guard let value = value(item) else { throw .invalid("`\(key)`") }
            values.append(value)
        }
        return values
    }
}

extension Change {
    fileprivate init?(planFile json: JSON) {
        guard let id = json.count("id"),
            let kind = json["kind"]?.string.flatMap(ChangeKind.init(rawValue:)),
            let address = json["address"]?.string.flatMap(Address.init(planText:)),
            let spelled = address.spelled(json["spelling"]?.string),
            let actor = json["actor"]?.string.flatMap(Actor.init(planText:)),
            let reason = json["reason"]?.string.flatMap(Reason.init(rawValue:)),
            let privileged = json["privileged"]?.bool,
            let action = Action(
                kind, spelled, before: json["before"] ?? .null, after: json["after"] ?? .null)
        else { return nil }
        self.init(
            id: id, action: action, actor: actor, reason: reason,
            mail: json["mail"]?.string.flatMap(MailKind.init(rawValue:)), privileged: privileged,
            dependsOn: (json["dependsOn"]?.array ?? []).compactMap { $0.integer.map { Int($0) } })
    }
}

extension Address {
    /// The same address with its person written as the manifest has it.
    fileprivate func spelled(_ spelling: String?) -> Address? {
        guard let spelling, let person else { return self }
        guard let email = EmailAddress(planText: person.canonical, spelling: spelling) else {
            return nil
        }
        return switch self {
        case .membership(let tenant, _): .membership(tenant, email)
        case .grant(let tenant, _, let grant): .grant(tenant, email, grant)
        case .identityUser(let code, _): .identityUser(code, email)
        case .account: .account(email)
        default: self
        }
    }
}

extension Actor {
    init?(planText text: String) {
        if text == Actor.platformOperator.text {
            self = .platformOperator
        } else if let email = EmailAddress(planText: text) {
            self = .person(email)
        } else {
            return nil
        }
    }
}

extension Allowances {
    fileprivate init(planFile json: JSON) {
        self.init(
            removals: json.count("removals"), revocations: json.count("revocations"),
            mails: json.count("mails"), selfRemoval: json["selfRemoval"]?.bool ?? false,
            permissionExtinction: json["permissionExtinction"]?.bool ?? false)
    }
}

extension PlanSummary {
    fileprivate init(planFile json: JSON) {
        self.init()
        add = json.count("add") ?? 0
        change = json.count("change") ?? 0
        remove = json.count("remove") ?? 0
        mails = json.count("mails") ?? 0
        unchanged = json.count("unchanged") ?? 0
        awaiting = json.count("awaiting") ?? 0
        unmanaged = json.count("unmanaged") ?? 0
    }
}

extension PlanNote {
    fileprivate init?(planFile json: JSON) {
        guard let kind = json["kind"]?.string.flatMap(Kind.init(rawValue:)),
            let address = json["address"]?.string.flatMap(Address.init(planText:)),
            let message = json["message"]?.string
        else { return nil }
        self.init(kind: kind, address: address, message: message)
    }
}

extension ForeignChange {
    fileprivate init?(planFile json: JSON) {
        guard let address = json["address"]?.string.flatMap(Address.init(planText:)),
            let at = json["at"]?.string.flatMap(Instant.init(rfc3339:)),
            let firstAt = json["firstAt"]?.string.flatMap(Instant.init(rfc3339:)),
            let times = json.count("times")
        else { return nil }
        func fields(_ json: JSON?) -> [String: String]? {
            // A grant has no field but its value, which the address has too.
            if json?.string != nil { return [:] }
            return json?.members.map { members in
                Dictionary(
                    members.compactMap { member in
                        let text = member.value.string ?? member.value.bool.map { "\($0)" }
                        return text.map { (member.key, $0) }
                    }, uniquingKeysWith: { first, _ in first })
            }
        }
        self.init(
            address: address, before: fields(json["before"]), after: fields(json["after"]), at: at,
            firstAt: firstAt, times: times, by: json["by"]?.string)
    }
}

extension Location {
    init?(planFile json: JSON) {
        guard let file = json["file"]?.string, let line = json.count("line"),
            let column = json.count("column")
        else { return nil }
        self.init(file: file, line: line, column: column)
    }
}

extension ResolvedDiagnostic {
    fileprivate init?(planFile json: JSON) {
        guard let code = json["code"]?.string,
            let severity = json["severity"]?.string.flatMap(Severity.init(rawValue:)),
            let subject = json["subject"]?.string, let sentence = json["message"]?.string
        else { return nil }
        let help = json["help"]?.string
        let tail = help.map { " " + $0 } ?? ""
        guard sentence.utf8.suffix(tail.utf8.count).elementsEqual(tail.utf8) else { return nil }
        self.init(
            code: code, severity: severity, subject: subject,
            message: String(decoding: sentence.utf8.dropLast(tail.utf8.count), as: UTF8.self),
            help: help, location: json["source"].flatMap(Location.init(planFile:)),
            notes: (json["notes"]?.array ?? []).map { note in
                Note(
                    message: note["message"]?.string ?? "",
                    location: note["source"].flatMap(Location.init(planFile:)))
            })
    }
}
