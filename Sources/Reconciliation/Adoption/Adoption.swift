package import AccessModel
package import Diagnostics
package import Manifests
import Planning
import Syntax

/// What a store has and the manifests lack, written into the manifests.
package struct Adoption: Sendable {
    /// A file that changes, as it was (`nil`: it is new) and as it will be.
    package struct File: Hashable, Sendable {
        package var path: String
        package var before: [UInt8]?
        package var after: [UInt8]
    }

    /// What somebody must change by hand.
    package struct Left: Hashable, Sendable {
        package var address: Address
        package var message: String
        package var source: Location?
    }

    package enum Problem: Error, Sendable {
        /// The manifests as they are have errors.
        case invalid([ResolvedDiagnostic])
        /// The edited manifests would not load, or would ask for something that nobody asked for:
        /// nothing may be written.
        case unsafe([ResolvedDiagnostic], [Address])
    }

    package var files: [File]
    package var left: [Left]
    /// Changes that the manifests ask for and the store does not have yet; they stay.
    package var pending: [Address]
}

/// Takes over the difference that has its cause in the store: what is there and not declared, and
/// what was altered, put or taken there without Muster. What the manifests ask for and no apply has
/// done yet stays as it is, as do comments, order and every other line.
///
/// The result is loaded and planned as the operator before anybody gets it.
///
/// - Parameter isManifest: Would a file at this path be read with the project?
package func adoption(
    of observed: ObservedState, into loaded: LoadedManifests, now: Instant,
    isManifest: @escaping (String) -> Bool
) -> Result<Adoption, Adoption.Problem> {
    let errors = loaded.diagnostics.map(loaded.sources.resolved).filter(\.isError)
    guard let desired = loaded.desired, errors.isEmpty else { return .failure(.invalid(errors)) }
    let plan = plan(
        PlanRequest(desired: desired, observed: observed, actor: .platformOperator, now: now))
    let foreign = plan.changes.filter { $0.reason == .drift || $0.reason == .undeclared }
    var adopter = Adopter(loaded, desired, observed, isManifest: isManifest)
    for change in foreign { adopter.adopt(change) }
    adopter.adoptRefused(plan)
    adopter.adoptUndeclared(plan)
    adopter.finish()
    guard let files = adopter.files, files.allSatisfy({ $0.before != nil || isManifest($0.path) })
    else { return .failure(.unsafe([], foreign.map(\.address))) }

    var sources = Dictionary(
        loaded.sources.files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    for file in files { sources[file.path] = SourceFile(path: file.path, bytes: file.after) }
    let edited = load(Array(sources.values), limits: Limits(), now: now)
    let newErrors = edited.diagnostics.map(edited.sources.resolved).filter(\.isError)
    guard let wanted = edited.desired, newErrors.isEmpty else {
        return .failure(.unsafe(newErrors, []))
    }
    let rest = Planning.plan(
        PlanRequest(desired: wanted, observed: observed, actor: .platformOperator, now: now))
    let before = Set(plan.changes.map(\.identity))
    let surplus = rest.changes.filter { !before.contains($0.identity) }
    let told = Set(adopter.left.map(\.address))
    let taken = Set(foreign.map(\.identity))
    let stuck = rest.changes.filter { taken.contains($0.identity) && !told.contains($0.address) }
    guard surplus.isEmpty, stuck.isEmpty else {
        return .failure(.unsafe([], (surplus + stuck).map(\.address)))
    }
    return .success(
        Adoption(
            files: files, left: adopter.left,
            pending: rest.changes.map(\.address).filter { !told.contains($0) }))
}

extension Change {
    /// The same change in two plans, whatever its place there.
    fileprivate var identity: String { "\(kind.rawValue) \(address.text)" }
}

extension Adopter {
    /// The files that change, by path; `nil` when two edits are about the same bytes.
    fileprivate var files: [Adoption.File]? {
        var files: [String: Adoption.File] = [:]
        let originals = Dictionary(
            loaded.sources.files.map { ($0.path, $0.bytes) },
            uniquingKeysWith: { first, _ in first })
        for (id, edits) in edits {
            let file = loaded.sources[id]
            guard let after = edits.applied(to: file.bytes) else { return nil }
            if after != file.bytes {
                files[file.path] = Adoption.File(
                    path: file.path, before: file.bytes, after: after)
            }
        }
        for (path, documents) in documents {
            let text = documents.map { YAMLValue.lines(of: $0).joined(separator: "\n") + "\n" }
                .joined(separator: "---\n")
            guard var bytes = files[path]?.after ?? originals[path] else {
                files[path] = Adoption.File(path: path, before: nil, after: Array(text.utf8))
                continue
            }
            let isEmpty = bytes.allSatisfy { $0 == 0x0A || $0 == 0x20 }
            let edit = TextEdit(bytes.count..<bytes.count, (isEmpty ? "" : "---\n") + text)
            guard let after = [edit].applied(to: bytes) else { return nil }
            bytes = after
            files[path] = Adoption.File(path: path, before: originals[path], after: bytes)
        }
        return files.values.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }
}
