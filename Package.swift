// swift-tools-version: 6.2
import PackageDescription

// The rooms of the house, floor by floor. An arrow goes only to a lower floor; `TidyTests` reads
// this file and holds it against the imports that the sources really make.

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")

/// Of the HTTP service alone: `swift build --product muster` builds none of it.
let serverPackages: [Target.Dependency] = [
    .product(name: "CoreMetrics", package: "swift-metrics"),
    .product(name: "HTTPTypes", package: "swift-http-types"),
    .product(name: "Hummingbird", package: "hummingbird"),
    .product(name: "HummingbirdCore", package: "hummingbird"),
    .product(name: "HummingbirdTLS", package: "hummingbird"),
    .product(name: "Logging", package: "swift-log"),
    .product(name: "Metrics", package: "swift-metrics"),
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOSSL", package: "swift-nio-ssl"),
    .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
    .product(name: "UnixSignals", package: "swift-service-lifecycle"),
]

let package = Package(
    name: "muster",
    products: [
        .executable(name: "muster", targets: ["muster"]),
        .executable(name: "muster-serve", targets: ["muster-serve"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/apple/swift-http-types.git", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics.git", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", exact: "2.37.6"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird.git", exact: "2.28.1",
            traits: []),
        .package(url: "https://github.com/swift-server/async-http-client.git", exact: "1.37.0"),
        .package(
            url: "https://github.com/swift-server/swift-service-lifecycle.git", exact: "2.13.0"),
    ],
    targets: [
        // Floor 0: what can be said, the nouns, and Debian's libraries.
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CLinux"),
        // Headers only: libcurl is loaded by whoever asks for a delivery that needs it.
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
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
        .target(name: "Invitations", dependencies: ["AccessModel", crypto, mustache]),

        // Floor 3: SQL, mail and the use cases.
        .target(name: "SQLStorage", dependencies: ["Storage", "Planning", "AccessModel", crypto]),
        .target(
            name: "MailDelivery",
            dependencies: ["Invitations", "AccessModel", "CCurl", "CLinux", crypto]),
        .target(
            name: "Reconciliation",
            dependencies: [
                "Manifests", "Storage", "Invitations", "Planning", "Syntax", "AccessModel",
                "Diagnostics", "CLinux", crypto,
            ]),

        // Floor 4: two drivers, and what people see.
        .target(
            name: "SQLiteStorage",
            dependencies: [
                "SQLStorage", "Storage", "Planning", "AccessModel", "CLinux", "CSQLite",
            ]),
        .target(
            name: "PostgresStorage",
            dependencies: ["SQLStorage", "Storage", "Planning", "AccessModel", "CLibPQ"]),
        .target(
            name: "Presentation",
            dependencies: [
                "Reconciliation", "Manifests", "Storage", "Planning", "AccessModel", "Diagnostics",
            ]),

        // Floor 5: invitations over HTTP, health and figures.
        .target(
            name: "HTTPService",
            dependencies: [
                "Presentation", "Reconciliation", "Storage", "Invitations", "AccessModel",
                "Diagnostics",
            ] + serverPackages),

        // Floors 6 to 8: the commands, the doors to the world, and the two programs.
        .target(
            name: "Commands",
            dependencies: [
                "Presentation", "Reconciliation", "Manifests", "Storage", "Invitations", "Planning",
                "Syntax", "AccessModel", "CLinux", "Diagnostics", arguments,
            ]),
        .target(
            name: "Wiring",
            dependencies: [
                "Commands", "Reconciliation", "SQLStorage", "SQLiteStorage", "PostgresStorage",
                "MailDelivery",
                "Storage", "Invitations", "AccessModel",
            ]),
        .executableTarget(name: "muster", dependencies: ["Commands", "Wiring"]),
        .executableTarget(
            name: "muster-serve", dependencies: ["HTTPService", "Commands", "Wiring"]),

        // Tests.
        .executableTarget(
            name: "Benchmarks", dependencies: ["CLibYAML", "CSQLite", arguments],
            path: "Tests/Benchmarks", exclude: ["instructions.txt"]),
        .target(
            name: "Support",
            dependencies: [
                "Reconciliation", "Manifests", "Storage", "Planning", "Syntax", "AccessModel",
                "Diagnostics",
            ],
            path: "Tests/Support"),
        .testTarget(name: "AccessModelTests", dependencies: ["AccessModel", "Support"]),
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
        .testTarget(
            name: "HTTPServiceTests",
            dependencies: [
                "HTTPService", "Reconciliation", "SQLStorage", "Storage", "Planning", "Manifests",
                "Invitations", "Syntax", "AccessModel", "Support",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ]),
        .testTarget(name: "ScriptTests", dependencies: ["Support"], exclude: ["Scripts"]),
        .testTarget(name: "HostileTests", dependencies: ["Support"], exclude: ["Inputs"]),
        // Tries a parser on files; with libFuzzer in it, searches for what it does not survive.
        .executableTarget(
            name: "fuzzing",
            dependencies: [
                "Reconciliation", "Invitations", "Manifests", "Syntax", "AccessModel",
                "Diagnostics", crypto,
            ], path: "Tests/Fuzzing", exclude: ["Seeds"]),
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
