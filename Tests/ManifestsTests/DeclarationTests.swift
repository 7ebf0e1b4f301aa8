import AccessModel
import Diagnostics
import Manifests
import Testing

/// Which places give a right: what `muster why` shows.
@Suite("Declarations")
struct DeclarationTests {
    private let ann = email("ann@acme.example")

    @Test("a grant names every line and bundle that gives it, the plain one first")
    func ways() {
        let loaded = check(
            """
            kind: Bundle
            name: support
            permissions: [assign_roles]
            roles: [write, read]
            ---
            kind: Bundle
            name: reading
            roles: [read]
            ---
            kind: Members
            tenant: production
            admins:
              - email: ann@acme.example
                roles: [read]
                bundles: [reading, support]
            ---
            kind: Admin
            email: bob@acme.example
            firstName: Bob
            lastName: Cole
            mobile: "+31612345678"
            memberships:
              - { tenant: production, bundles: [support] }
            """)
        let tenant = TenantName("production")
        func ways(_ email: EmailAddress, _ grant: Grant) -> [String] {
            loaded.ways(of: .grant(tenant, email, grant))
        }
        let bob = email("bob@acme.example")
        #expect(
            ways(ann, .role(RoleName("read"))) == [
                "members a.yaml:14:13", "members a.yaml:15:15 via reading a.yaml:7:7",
                "members a.yaml:15:24 via support a.yaml:2:7",
            ])
        #expect(
            ways(ann, .permission(.assignRoles)) == ["members a.yaml:15:24 via support a.yaml:2:7"])
        #expect(ways(ann, .permission(.inviteAdmins)) == [])
        #expect(
            ways(bob, .role(RoleName("write"))) == ["admin a.yaml:23:37 via support a.yaml:2:7"])
        #expect(loaded.ways(of: .membership(tenant, ann)) == ["members a.yaml:13:12"])
        #expect(loaded.ways(of: .membership(tenant, bob)) == ["admin a.yaml:23:15"])
        #expect(loaded.ways(of: .tenant(tenant)) == [])
    }

    @Test("an identity's admin is one by the user's own entry, by the tenant, or by both")
    func admins() {
        let loaded = check(
            """
            kind: Tenant
            name: plants
            identityAdmins: [zoe@acme.example, kim@acme.example]
            ---
            kind: Identity
            code: io.acme.a
            tenant: plants
            users:
              - email: kim@acme.example
                admin: true
              - { email: leo@acme.example, admin: false }
              - { email: ann@acme.example, admin: true }
            """)
        let code = IdentityCode("io.acme.a")
        func ways(_ name: String) -> [String] {
            loaded.texts(loaded.provenance.adminDeclarations(of: code, email(name)))
        }
        #expect(ways("kim@acme.example") == ["users a.yaml:10:12", "identityAdmins a.yaml:3:36"])
        #expect(ways("zoe@acme.example") == ["identityAdmins a.yaml:3:18"])
        #expect(ways("ann@acme.example") == ["users a.yaml:12:39"])
        #expect(ways("leo@acme.example") == [])
        #expect(
            loaded.ways(of: .identityUser(code, email("zoe@acme.example")))
                == ["identityAdmins a.yaml:3:18"])
        #expect(
            loaded.ways(of: .identityUser(code, email("kim@acme.example"))) == ["users a.yaml:9:12"]
        )
    }
}

extension LoadedManifests {
    fileprivate func ways(of address: Address) -> [String] {
        texts(provenance.declarations(of: address))
    }

    fileprivate func texts(_ declarations: [Declaration]) -> [String] {
        func place(_ span: Span) -> String {
            let location = sources.location(of: span)
            return "\(location.file):\(location.line):\(location.column)"
        }
        return declarations.map { declaration in
            "\(declaration.document) \(place(declaration.span))"
                + (declaration.bundle.map { " via \($0.name) \(place($0.span))" } ?? "")
        }
    }
}
