import AccessModel
import Diagnostics
import Manifests
import Planning
import Reconciliation
import Support
import Syntax
import Testing

@Suite("Adopting what a store has") struct AdoptionTests {
    @Test("After random edits by others, a plan has only what was pending, and comments survive")
    func drift() throws {
        var edited = 0
        var left = 0
        var kept = 0
        for seed in 1...250 {
            var maker = WorldMaker(seed: seed)
            var world = maker.store()
            let files = try exported(
                world.observed, as: Project(name: "acme-access"), now: world.now
            ).get().files.map { file in
                SourceFile(path: file.path, bytes: Array(maker.rewritten(file.text).utf8))
            }
            world.desired = try #require(
                load(files, limits: Limits(), now: world.now).desired, "seed \(seed)")
            try #require(world.steps == [], "seed \(seed)")
            let pending = maker.pend(&world, files)
            maker.disturb(&world)

            let loaded = load(pending, limits: Limits(), now: world.now)
            var before = world
            before.desired = try #require(loaded.desired)
            let waiting = Set(
                before.plan.changes.filter { $0.reason != .drift && $0.reason != .undeclared }
                    .map(\.address))
            let adoption = try Reconciliation.adoption(
                of: world.observed, into: loaded, now: world.now, isManifest: { _ in true }
            ).get()
            left += adoption.left.count

            var after = Dictionary(uniqueKeysWithValues: pending.map { ($0.path, $0) })
            for file in adoption.files {
                after[file.path] = SourceFile(path: file.path, bytes: file.after)
            }
            let read = load(Array(after.values), limits: Limits(), now: world.now)
            #expect(!read.diagnostics.contains { $0.severity == .error }, "seed \(seed)")
            var result = world
            result.desired = try #require(read.desired)
            let told = Set(adoption.left.map(\.address))
            let rest = result.plan.changes.map(\.address)
                .filter { !waiting.contains($0) && !told.contains($0) }
            #expect(rest == [], "seed \(seed)")

            for file in adoption.files {
                edited += 1
                let before = file.before ?? []
                // What stands beside a removed name, or within a removed entry, goes with it.
                let lost = Set(Self.comments(before)).subtracting(Self.comments(file.after))
                    .subtracting(["# here"])
                let entries = Self.entries(before).subtracting(Self.entries(file.after))
                #expect(lost.isEmpty || !entries.isEmpty, "seed \(seed) \(file.path)")
                kept += lost.isEmpty && !Self.comments(before).isEmpty ? 1 : 0
            }
            let again = try Reconciliation.adoption(
                of: world.observed, into: read, now: world.now, isManifest: { _ in true }
            ).get()
            #expect(again.files == [], "seed \(seed)")
        }
        #expect(edited > 200)
        #expect(kept > 50)
        #expect(left < edited / 4)
    }

    private static func entries(_ bytes: [UInt8]) -> Set<String> {
        Set(
            String(decoding: bytes, as: UTF8.self).split(separator: "\n")
                .map { String($0.drop { $0 == " " }) }
                .filter { $0.hasPrefix("- tenant:") || $0.hasPrefix("- {") })
    }

    private static func comments(_ bytes: [UInt8]) -> [String] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n")
            .compactMap { line in line.firstIndex(of: "#").map { String(line[$0...]) } }
    }
}

extension WorldMaker {
    /// The same manifest as people write: comments between the lines, lists in the other style.
    mutating func rewritten(_ text: String) -> String {
        var lines: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if dice.chance(20), !line.isEmpty { lines.append("# note \(lines.count)") }
            let open = line.firstIndex(of: "[")
            if let open, line.hasSuffix("]"), !line.contains("{"), !line.hasSuffix("[]"),
                dice.chance(50)
            {
                let key = line[..<open].dropLast()
                let indent = key.prefix { $0 == " " }.count + (key.contains("- ") ? 2 : 0)
                lines.append(String(key) + (dice.chance(30) ? " # why" : ""))
                for item in line[open...].dropFirst().dropLast().split(separator: ",") {
                    let name = item.drop { $0 == " " }
                    lines.append(
                        String(repeating: " ", count: indent + (dice.chance(50) ? 2 : 2)) + "- "
                            + name)
                }
            } else if dice.chance(10), line.hasPrefix("  ") {
                lines.append(line + " # here")
            } else {
                lines.append(line)
            }
        }
        let result = lines.joined(separator: "\n")
        return dice.chance(20) && result.hasSuffix("\n") ? String(result.dropLast()) : result
    }

    /// A change of the manifests that nobody has applied: somebody new.
    mutating func pend(_ world: inout World, _ files: [SourceFile]) -> [SourceFile] {
        guard let tenant = world.desired.tenants.randomElement(using: &dice), dice.chance(50) else {
            return files
        }
        let text = """
            kind: Admin
            email: new@x.example
            firstName: New
            lastName: Bee
            mobile: "+31612345679"
            memberships:
              - tenant: \(tenant.name)
                permissions: [invite_admins]

            """
        return files + [SourceFile(path: "new.yaml", bytes: Array(text.utf8))]
    }

    /// What somebody does in the store without Muster, recorded as the store records it.
    mutating func disturb(_ world: inout World) {
        for _ in 0..<Int.random(in: 1...6, using: &dice) {
            guard let (address, before, after) = disturbOnce(&world.observed) else { continue }
            world.observed.foreignChanges.removeAll { $0.address == address }
            world.observed.foreignChanges.append(
                ForeignChange(
                    address: address, before: before, after: after, at: world.now, by: "dba"))
        }
    }

    private typealias Disturbance = (Address, [String: String]?, [String: String]?)

    private mutating func disturbOnce(_ observed: inout ObservedState) -> Disturbance? {
        guard let tenant = observed.tenants.keys.sorted().randomElement(using: &dice) else {
            return nil
        }
        let members = (observed.memberships[tenant] ?? [:]).keys.sorted()
        let member = members.randomElement(using: &dice)
        switch Int.random(in: 0..<8, using: &dice) {
        case 0:
            let email = EmailAddress.of(["z", "y", "a", "b"].randomElement(using: &dice) ?? "z")
            guard !members.contains(email) else { return nil }
            if observed.accounts[email] == nil {
                observed.accounts[email] = Account(
                    email: email, profile: dice.chance(50) ? .of("z") : Profile(), state: .activated
                )
            }
            observed.memberships[tenant, default: [:]][email] = Membership(
                grants: Grants(permissions: dice.chance(50) ? [.inviteAdmins] : []))
            return (.membership(tenant, email), nil, [:])
        case 1:
            guard let member else { return nil }
            observed.memberships[tenant]?[member] = nil
            return (.membership(tenant, member), [:], nil)
        case 2, 3:
            guard let member, let name = PermissionName.builtIn.randomElement(using: &dice) else {
                return nil
            }
            let address = Address.grant(tenant, member, .permission(name))
            let has = observed.membership(of: member, in: tenant)?.grants.permissions ?? []
            if has.contains(name) {
                observed.memberships[tenant]?[member]?.grants.permissions.remove(name)
                return (address, [:], nil)
            }
            observed.memberships[tenant]?[member]?.grants.permissions.insert(name)
            return (address, nil, [:])
        case 4:
            let before = observed.tenants[tenant]?.title ?? ""
            observed.tenants[tenant]?.title = "By hand: \(Int.random(in: 0...9, using: &dice))"
            return (
                .tenant(tenant), ["title": before], ["title": observed.tenants[tenant]?.title ?? ""]
            )
        case 5:
            let role = RoleName("r\(Int.random(in: 1...4, using: &dice))")
            if observed.roles[role] == nil { observed.roles[role] = Role(name: role) }
            guard observed.tenants[tenant]?.availableRoles.contains(role) == false else {
                return nil
            }
            observed.tenants[tenant]?.availableRoles.insert(role)
            return (.availableRole(tenant, role), nil, [:])
        default: return disturbUser(&observed)
        }
    }

    private mutating func disturbUser(_ observed: inout ObservedState) -> Disturbance? {
        let open = observed.identities.values.filter { !$0.system }.map(\.code).sorted()
        guard let code = open.randomElement(using: &dice) else { return nil }
        let email = EmailAddress.of(Self.people.randomElement(using: &dice) ?? "a")
        guard let account = observed.accounts[email], !account.blocked else { return nil }
        let address = Address.identityUser(code, email)
        guard let user = observed.user(email, of: code) else {
            observed.identityUsers[code, default: [:]][email] = IdentityUser(
                admin: dice.chance(30), roles: dice.chance(30) ? [Label("q")] : [])
            return (address, nil, [:])
        }
        if dice.chance(50) {
            observed.identityUsers[code]?[email] = nil
            return (address, [:], nil)
        }
        observed.identityUsers[code]?[email]?.admin.toggle()
        return (address, ["admin": "\(user.admin)"], ["admin": "\(!user.admin)"])
    }
}
