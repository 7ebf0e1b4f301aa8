import Testing

/// The floors of the house: an arrow goes only to a lower one.
@Suite("Floors")
struct FloorTests {
    /// What each module may import of this package and of Debian's libraries.
    static let rooms: [String: (floor: Int, imports: Set<String>)] = [
        "Diagnostics": (0, []),
        "AccessModel": (0, ["CUnicode"]),
        "Syntax": (1, ["Diagnostics", "CLibYAML", "CUnicode"]),
        "Planning": (1, ["AccessModel"]),
        "Manifests": (2, ["Syntax", "AccessModel", "Diagnostics"]),
        "Storage": (2, ["Planning", "AccessModel"]),
        "Invitations": (2, ["AccessModel"]),
        "SQLStorage": (3, ["Storage", "Planning", "AccessModel"]),
        "MailDelivery": (3, ["Invitations", "AccessModel", "CCurl", "CLinux"]),
        "Reconciliation": (
            3,
            [
                "Manifests", "Storage", "Invitations", "Planning", "Syntax", "AccessModel",
                "Diagnostics", "CLinux",
            ]
        ),
        "SQLiteStorage": (
            4, ["SQLStorage", "Storage", "Planning", "AccessModel", "CLinux", "CSQLite"]
        ),
        "PostgresStorage": (4, ["SQLStorage", "Storage", "Planning", "AccessModel", "CLibPQ"]),
        "Presentation": (
            4, ["Reconciliation", "Manifests", "Storage", "Planning", "AccessModel", "Diagnostics"]
        ),
        "HTTPService": (
            5,
            [
                "Presentation", "Reconciliation", "Storage", "Invitations", "AccessModel",
                "Diagnostics",
            ]
        ),
        "Commands": (
            6,
            [
                "Presentation", "Reconciliation", "Manifests", "Storage", "Invitations",
                "Planning", "Syntax", "AccessModel", "CLinux", "Diagnostics",
            ]
        ),
        "Wiring": (
            7,
            [
                "Commands", "Reconciliation", "SQLStorage", "SQLiteStorage", "PostgresStorage",
                "MailDelivery", "Storage", "Invitations", "AccessModel",
            ]
        ),
        "muster": (8, ["Commands", "Wiring"]),
        "muster-serve": (8, ["HTTPService", "Commands", "Wiring"]),
    ]

    /// Module maps of C libraries: on the ground floor, and no Swift in them.
    static let libraries: Set = [
        "CCurl", "CLibPQ", "CLibYAML", "CLinux", "CSQLite", "CUnicode",
    ]

    /// Who may use a package or a library of the system.
    static let outside: [String: Set<String>] = [
        "ArgumentParser": ["Commands"],
        "CoreMetrics": ["HTTPService"],
        "Crypto": ["Invitations", "SQLStorage", "MailDelivery", "Reconciliation"],
        "Mustache": ["Invitations"],
        "Dispatch": ["AccessModel"],
        "FoundationEssentials": [
            "AccessModel", "Manifests", "Invitations", "SQLStorage", "MailDelivery",
            "Reconciliation", "SQLiteStorage", "PostgresStorage", "Presentation", "Commands",
            "muster",
        ],
        "Glibc": [
            "AccessModel", "Syntax", "Invitations", "SQLStorage", "MailDelivery", "Reconciliation",
            "SQLiteStorage", "PostgresStorage", "HTTPService", "Commands",
        ],
        "HTTPTypes": ["HTTPService"],
        "Hummingbird": ["HTTPService"],
        "HummingbirdCore": ["HTTPService"],
        "HummingbirdTLS": ["HTTPService"],
        "Logging": ["HTTPService"],
        "Metrics": ["HTTPService"],
        "NIOCore": ["HTTPService"],
        "NIOHTTP1": ["HTTPService"],
        "NIOHTTPTypes": ["HTTPService"],
        "NIOPosix": ["HTTPService"],
        "NIOSSL": ["HTTPService"],
        "ServiceLifecycle": ["HTTPService"],
        "Synchronization": [
            "AccessModel", "Diagnostics", "Manifests", "Storage", "SQLStorage", "SQLiteStorage",
            "MailDelivery", "HTTPService", "Commands",
        ],
        "UnixSignals": ["HTTPService"],
    ]

    @Test("every room is on the plan, and the plan has no other rooms")
    func rooms() {
        let found = Set(Repository.names(in: "Sources"))
        #expect(found == Set(Self.rooms.keys).union(Self.libraries))
    }

    @Test("a module imports only what is below it")
    func imports() {
        var faults: [String] = []
        for file in Repository.sources {
            guard let module = file.module, let room = Self.rooms[module] else { continue }
            for name in file.imports where !room.imports.contains(name) {
                guard let users = Self.outside[name], users.contains(module) else {
                    faults.append("\(file.path) imports \(name)")
                    continue
                }
            }
        }
        #expect(faults == [])
    }

    @Test("the plan itself goes downwards only")
    func downwards() {
        for (name, room) in Self.rooms {
            for below in room.imports where !Self.libraries.contains(below) {
                #expect((Self.rooms[below]?.floor ?? .max) < room.floor, "\(name) imports \(below)")
            }
        }
    }

    @Test("Package.swift gives each module what the plan does, and no more")
    func package() throws {
        let manifest = try #require(Repository.file("Package.swift")).text
        let target =
            /\.(?:executableTarget|target)\(\s*name: "([\w-]+)"(?:,\s*dependencies: \[([^\]]*)\])?/
        var found: [String: Set<String>] = [:]
        for match in manifest.matches(of: target) where Self.rooms[String(match.1)] != nil {
            let names = (match.2 ?? "").matches(of: /"(\w+)"/).map { String($0.1) }
            found[String(match.1)] = Set(names)
        }
        #expect(found == Self.rooms.mapValues(\.imports))
    }

    @Test("nobody pays for the whole of Foundation, and tests are written one way")
    func forbidden() {
        let unwanted: Set = ["Foun" + "dation", "XC" + "Test", "FoundationInternationalization"]
        let faults = Repository.sources.flatMap { file in
            file.imports.filter(unwanted.contains).map { "\(file.path) imports \($0)" }
        }
        #expect(faults == [])
    }
}
