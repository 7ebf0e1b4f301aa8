// swift-tools-version: 6.2
import PackageDescription

// The rooms of the house, floor by floor. An arrow goes only to a lower floor; `TidyTests` reads
// this file and holds it against the imports that the sources really make.

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "muster",
    products: [.executable(name: "muster", targets: ["muster"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    ],
    targets: [
        // Floor 0: what can be said, the nouns, and Debian's libraries.
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CLinux"),
        // Headers only: libpq is loaded by whoever asks for a PostgreSQL store.
        .systemLibrary(name: "CLibPQ", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(
            name: "CUnicode", pkgConfig: "libidn2",
            providers: [.apt(["libunistring-dev", "libidn2-dev"])]),
        .target(name: "Diagnostics"),
        .target(name: "AccessModel", dependencies: ["CUnicode"]),

        // Floor 1: bytes to trees; two states to a plan.
        .target(name: "Syntax", dependencies: ["Diagnostics", "CLibYAML", "CUnicode"]),
        .target(name: "Planning", dependencies: ["AccessModel"]),

        // Floor 2: the language, the store's port, the letters.
        .target(name: "Manifests", dependencies: ["Syntax", "AccessModel", "Diagnostics"]),
        .target(name: "Storage", dependencies: ["Planning", "AccessModel"]),
        .target(name: "Invitations", dependencies: ["AccessModel", crypto]),

        // Floor 3: SQL, mail and the use cases.
        .target(name: "SQLStorage", dependencies: ["Storage", "Planning", "AccessModel", crypto]),
        .target(name: "MailDelivery", dependencies: ["Invitations", "AccessModel", "CLinux"]),
        .target(
            name: "Reconciliation",
            dependencies: [
                "Manifests", "Storage", "Invitations", "Planning", "Syntax", "AccessModel",
                "Diagnostics", crypto,
            ]),

        // Floor 4: two drivers, and what people see.
        .target(
            name: "SQLiteStorage",
            dependencies: ["SQLStorage", "Storage", "Planning", "AccessModel", "CSQLite"]),
        .target(
            name: "PostgresStorage",
            dependencies: ["SQLStorage", "Storage", "Planning", "AccessModel", "CLibPQ"]),
        .target(
            name: "Presentation",
            dependencies: [
                "Reconciliation", "Manifests", "Storage", "Planning", "AccessModel", "Diagnostics",
            ]),

        // Floors 6 and 7: the commands and the program.
        .target(
            name: "Commands",
            dependencies: [
                "Presentation", "Reconciliation", "Manifests", "Storage", "Invitations", "Planning",
                "Syntax", "AccessModel", "Diagnostics", arguments,
            ]),
        .executableTarget(
            name: "muster",
            dependencies: [
                "Commands", "Reconciliation", "SQLStorage", "SQLiteStorage", "PostgresStorage",
                "MailDelivery",
                "Storage", "Invitations", "AccessModel",
            ]),

        // Tests.
        .executableTarget(
            name: "Benchmarks", dependencies: ["CLibYAML", "CSQLite", arguments],
            path: "Tests/Benchmarks"),
        .target(
            name: "Support",
            dependencies: [
                "Reconciliation", "Manifests", "Storage", "Planning", "Syntax", "AccessModel",
                "Diagnostics",
            ],
            path: "Tests/Support"),
        .testTarget(name: "AccessModelTests", dependencies: ["AccessModel"]),
        .testTarget(
            name: "SyntaxTests", dependencies: ["Reconciliation", "Syntax", "Diagnostics"]),
        .testTarget(
            name: "ManifestsTests",
            dependencies: ["Manifests", "Syntax", "AccessModel", "Diagnostics", "Support"]),
        .testTarget(name: "PlanningTests", dependencies: ["Planning", "AccessModel", "Support"]),
        .testTarget(
            name: "StorageTests",
            dependencies: [
                "Storage", "SQLStorage", "SQLiteStorage", "PostgresStorage", "Planning",
                "AccessModel", "Support",
            ]),
        .testTarget(
            name: "InvitationsTests",
            dependencies: ["Invitations", "MailDelivery", "AccessModel", "Support"]),
        .testTarget(
            name: "PresentationTests",
            dependencies: [
                "Presentation", "Reconciliation", "Manifests", "Storage", "Planning", "AccessModel",
                "Diagnostics", "Support",
            ]),
        .testTarget(
            name: "SimulationTests",
            dependencies: [
                "Reconciliation", "SQLiteStorage", "PostgresStorage", "SQLStorage", "Storage",
                "Manifests", "Planning", "AccessModel", "Invitations", "Diagnostics", "Support",
                "Syntax",
            ]),
        .testTarget(name: "ScriptTests", dependencies: ["Support"], exclude: ["Scripts"]),
        .testTarget(
            name: "TidyTests", dependencies: ["Support", "Presentation", "Diagnostics", "Planning"]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]
}
