import Diagnostics
import Glibc

/// What `muster init` writes.
struct StarterProject {
    struct File {
        var path: String
        var text: String
        /// May be there already; then what is missing is added to it.
        var isShared = false
    }

    let folder: String

    /// The folder's own name, as far as it can be one of a project.
    private var name: String {
        let resolved = realpath(folder, nil).map { path in
            defer { free(path) }
            return String(cString: path)
        }
        let last = (resolved ?? folder).split(separator: "/").last.map(String.init) ?? ""
        let letters = last.lowercased().unicodeScalars
            .map { ("a"..."z").contains($0) || ("0"..."9").contains($0) ? Character($0) : "-" }
        let trimmed = String(letters).split(separator: "-").joined(separator: "-")
        return trimmed.isEmpty || trimmed == "-" ? "access" : String(trimmed.prefix(60))
    }

    var files: [File] {
        [
            File(path: "muster.yaml", text: project),
            File(path: "access.yaml", text: access),
            File(path: ".gitignore", text: ".muster/\n", isShared: true),
        ]
    }

    var farewell: String {
        let place = folder == "." ? "" : " -C \(escapedForTerminal(folder))"
        return """
            Written: muster.yaml, access.yaml, .gitignore

            The first run:
              muster validate\(place)
              muster plan\(place) --operator
              muster apply\(place) --operator

            Mail goes into .muster/mail until muster.yaml names a delivery.

            """
    }

    private var project: String {
        """
        # The project: where the store is and how invitations are sent.
        kind: Project
        name: \(name)
        store: sqlite:.muster/store.db
        invitations:
          from: Access <access@\(name).example>
          acceptURL: https://access.\(name).example/accept
          expireAfter: 7d
        # Without it letters are files in .muster/mail, and nobody receives them. The password is in
        # MUSTER_SMTP_PASSWORD.
        # delivery: smtp://USER@mail.\(name).example
        guards:
          maxRemovals: { count: 5, percent: 25 }

        """
    }

    private var access: String {
        """
        # A role is a right in your product. What it means is the product's business.
        kind: Role
        name: access_read
        title: Read access
        ---
        # A tenant has admins. They may do to each other what their permissions say.
        kind: Tenant
        name: production
        title: Production
        availableRoles: [access_read]
        ---
        # A person, and what the person holds where.
        kind: Admin
        email: ann@\(name).example
        firstName: Ann
        lastName: Bee
        mobile: "+31612345678"
        memberships:
          - tenant: production
            permissions: [invite_admins, assign_permissions, assign_roles]
            roles: [access_read]
        ---
        # An identity is a data scope with users of its own.
        kind: Identity
        code: example.\(name).plant1
        tenant: production
        title: Plant 1
        users:
          - { email: joe@client.example, admin: true, roles: [viewer] }

        """
    }
}

extension StarterProject.File {
    func write(below folder: String) throws(FileFailure) {
        let path = folder + "/" + self.path
        var text = text
        var flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_EXCL
        if isShared, access(path, F_OK) == 0 {
            let present = String(decoding: try contents(of: path, limit: 1 << 20), as: UTF8.self)
            let lines = present.split(separator: "\n").map(String.init)
            if lines.contains(".muster/") || lines.contains(".muster") { return }
            flags = O_WRONLY | O_APPEND | O_CLOEXEC
            text = (present.isEmpty || present.hasSuffix("\n") ? "" : "\n") + text
        }
        let descriptor = open(path, flags, 0o644)
        guard descriptor >= 0 else { throw FileFailure(path) }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
            throw FileFailure(path)
        }
    }
}
