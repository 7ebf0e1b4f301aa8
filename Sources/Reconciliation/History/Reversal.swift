import AccessModel
import Planning
import Storage

/// Takes back, newest first, what one run did, on a copy of the present: where that is still so.
///
/// `goal` is what the store should then hold. What somebody changed since is left alone and noted,
/// and so is what cannot be taken back.
struct Reversal {
    private(set) var goal: ObservedState
    private(set) var notes: [PlanNote] = []
    /// Accounts that are made anew.
    private(set) var revived: Set<EmailAddress> = []
    /// Those who lose a place that the run gave them.
    private(set) var leaving: Set<EmailAddress> = []
    /// New names of things whose old name returns, by the old one.
    private(set) var renamedRoles: [RoleName: RoleName] = [:]
    private(set) var renamedTenants: [TenantName: TenantName] = [:]
    private(set) var renamedIdentities: [IdentityCode: IdentityCode] = [:]
    let past: Past

    init(_ observed: ObservedState, past: Past) {
        goal = observed
        self.past = past
    }

    mutating func undo(_ entries: [PastEntry]) {
        for entry in entries.reversed() {
            let count = notes.count
            undo(entry)
            // An address that no parser knows is still told, as what the entry says.
            if notes.count > count, case .unknown = entry.step {
                notes[notes.count - 1].message += " (\(entry.entry.address))"
            }
        }
    }

    private mutating func undo(_ entry: PastEntry) {
        if let address = Address(planText: entry.entry.address), let person = address.person,
            Forgetting.isPseudonym(person)
        {
            return impossible(address, "the person was forgotten")
        }
        switch entry.step {
        case .change(let action): undo(action)
        case .account(let account): forget(account)
        case .membership(let tenant, let email, let grants): remove(email, from: tenant, grants)
        case .user(let code, let email, let user): remove(email, from: code, user)
        case .activation(let email, _):
            impossible(.account(email), "an acceptance is the person's own")
        case .joining(let scope): impossible(scope.address, "an acceptance is the person's own")
        case .invitation(let scope, _):
            impossible(scope.address, "`muster invitation resend` opens it again")
        case .forgetting: impossible(.project, "what was erased is gone")
        case .unknown:
            impossible(
                Address(planText: entry.entry.address) ?? .project,
                "what was done there was erased, or cannot be read")
        }
    }

    private mutating func undo(_ action: Action) {
        switch action {
        case .createPermission, .updatePermission, .deletePermission, .createRole, .updateRole,
            .deleteRole, .createTenant, .updateTenant, .deleteTenant, .enableRole, .disableRole,
            .createIdentity, .updateIdentity, .deleteIdentity:
            undoOfCatalogue(action)
        case .inviteAdmin(let tenant, let email, let grants, _),
            .addAdmin(let tenant, let email, let grants):
            remove(email, from: tenant, grants)
        case .removeAdmin(let tenant, let email, let grants): restore(email, to: tenant, grants)
        case .grantPermission(let tenant, let email, let name):
            set(.permission(name), of: email, in: tenant, to: false)
        case .revokePermission(let tenant, let email, let name):
            set(.permission(name), of: email, in: tenant, to: true)
        case .assignRole(let tenant, let email, let name):
            set(.role(name), of: email, in: tenant, to: false)
        case .unassignRole(let tenant, let email, let name):
            set(.role(name), of: email, in: tenant, to: true)
        case .addIdentityUser, .setIdentityAdmin, .unsetIdentityAdmin, .setIdentityRoles,
            .enableIdentityUser, .disableIdentityUser, .removeIdentityUser:
            undoOfUser(action)
        case .updateProfile(let email, let before, let after): restore(before, after, of: email)
        case .blockAccount(let email): setBlocked(email, to: false)
        case .unblockAccount(let email): setBlocked(email, to: true)
        // A place of it follows; without one it goes again.
        case .deleteAccount(let email, _): revive(email)
        case .resendInvitation(let scope, _):
            impossible(
                scope.address,
                "the letter went out again; `muster invitation revoke` ends the invitation")
        }
    }

    // MARK: - What is said

    mutating func impossible(_ address: Address, _ message: String) {
        notes.append(PlanNote(kind: .irreversible, address: address, message: message))
    }

    mutating func conflict(_ address: Address, _ message: String) {
        let by = past.later(at: address).map { ", since run \($0)" } ?? ""
        notes.append(PlanNote(kind: .conflict, address: address, message: message + by))
    }

    // MARK: - Changing the goal, also from the other files

    /// The account of somebody who has none any more, as far as it is known.
    mutating func revive(_ email: EmailAddress) {
        guard goal.accounts[email] == nil else { return }
        let isAutomation = past.automation.contains(email)
        goal.accounts[email] = Account(
            email: email, profile: isAutomation ? Profile() : past.profiles[email] ?? Profile(),
            state: isAutomation ? .activated : .invited, automation: isAutomation)
        revived.insert(email)
    }

    mutating func leave(_ email: EmailAddress) { leaving.insert(email) }
    mutating func change(_ body: (inout ObservedState) -> Void) { body(&goal) }
    mutating func rename(_ new: RoleName, back old: RoleName) { renamedRoles[old] = new }
    mutating func rename(_ new: TenantName, back old: TenantName) { renamedTenants[old] = new }
    mutating func rename(_ new: IdentityCode, back old: IdentityCode) {
        renamedIdentities[old] = new
    }
}

/// What the audit tells of the time around a run.
struct Past {
    /// The newest run after the undone one that touched an address.
    private let newest: [String: Int64]
    /// What was known of people whose accounts the run deleted.
    let profiles: [EmailAddress: Profile]
    /// Accounts of pipelines, as far as the audit or the manifests know.
    let automation: Set<EmailAddress>
    let acceptance: InvitationSettings.Acceptance

    init(
        run: RunHistory, others: [PastEntry], manifests: DesiredState
    ) {
        var newest: [String: Int64] = [:]
        var automation: Set<EmailAddress> = []
        for past in others {
            if past.entry.run > run.run.number {
                newest[past.entry.address] = max(
                    newest[past.entry.address] ?? 0, past.entry.run)
            }
            switch past.step {
            case .change(.inviteAdmin(_, let email, _, let new)) where new.automation:
                automation.insert(email)
            case .account(let account) where account.automation: automation.insert(account.email)
            default: continue
            }
        }
        var profiles: [EmailAddress: Profile] = [:]
        for admin in manifests.admins {
            profiles[admin.email] = admin.profile
            if admin.automation { automation.insert(admin.email) }
        }
        for past in run.entries {
            guard case .change(.deleteAccount(let email, let profile)) = past.step else { continue }
            profiles[email] = (profiles[email] ?? Profile()).overridden(by: profile)
        }
        self.newest = newest
        self.profiles = profiles
        self.automation = automation
        acceptance = manifests.project.invitations.acceptance
    }

    /// The newest later run at the address itself or at what it is a part of.
    func later(at address: Address) -> Int64? {
        var texts = [address.text]
        switch address {
        case .grant(let tenant, let email, _):
            texts += [Address.membership(tenant, email).text, Address.tenant(tenant).text]
        case .membership(let tenant, let email):
            texts += [Address.tenant(tenant).text]
            texts += newest.keys.filter {
                $0.hasPrefix(Address.membership(tenant, email).text + "#")
            }
        case .availableRole(let tenant, _): texts.append(Address.tenant(tenant).text)
        case .identityUser(let code, _): texts.append(Address.identity(code).text)
        default: break
        }
        return texts.compactMap { newest[$0] }.max()
    }
}
