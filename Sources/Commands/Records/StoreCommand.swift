import AccessModel
import ArgumentParser
import Invitations
import Presentation
import Reconciliation
import Storage

struct StoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "The store as such: check it, copy it.",
        subcommands: [Check.self, Copy.self])

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check the integrity of the store.",
            discussion: """
                One line a check: the engine's own, the schema, the record of others'
                changes, the rows and what they name, each invariant, the audit chain, and
                whether access is what Muster left. It needs no actor, reads only, and
                repairs nothing. Exit 0 when all is well, 6 when not. Entries that were cut
                off the end of the audit cannot be seen from inside: pass a head that was
                kept elsewhere.
                """)

        @OptionGroup var options: GlobalOptions

        @Option(help: ArgumentHelp("The audit chain must contain this hash.", valueName: "hash"))
        var head: String?

        func run() async throws {
            let session = try Session(options)
            try session.requireFormat(.text, .json)
            let location = try session.checkedLocation()
            let report = try await session.progress.during("checking the store") {
                () async throws(Stop) -> IntegrityReport in
                do throws(StoreError) {
                    return try await session.adapters.check(location, session.patience, head)
                } catch {
                    throw session.stop(for: error)
                }
            }
            try session.console.result(
                options.format == .json ? report.json : report.text(style: session.console.style))
            if !report.isGood { throw Stop(.unverified) }
        }
    }

    struct Copy: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Copy a whole store to where none is, also to another engine.",
            discussion: """
                Everything goes along as it is: access, invitations, letters, settings,
                runs, audit and what others changed. A plan against the copy has the same
                bytes. The copy is one transaction, is read back and compared; FROM is not
                touched. Stop what writes to FROM before: what is written there afterwards
                is not in the copy, and both have one id. The invitation key is no part of a
                store; the command tells where the copy looks for it. Relative paths are
                below the current folder. It is the operator's.
                """)

        @OptionGroup var options: GlobalOptions

        @Argument(help: "sqlite:PATH or postgres://…, of any version up to this one.")
        var from: String

        @Argument(help: "The same; nothing may be there yet.")
        var to: String

        func run() async throws {
            let session = try Session(options)
            try session.requireFormat(.text, .json)
            guard options.store == nil else {
                throw Stop(
                    .usage, error: "store copy takes two stores as arguments, and no --store.")
            }
            try session.requireOperator(for: "copying a store")
            let source = try session.location(of: from, below: currentFolder())
            let target = try session.location(of: to, below: currentFolder())
            let context = try session.context(actor: .platformOperator)
            let outcome = try await copied(source, target, session, context)
            let report = CopyReport(
                outcome,
                sourceKey: session.keySource(source).found(for: outcome.identity.keyFingerprint),
                targetKey: session.keySource(target).found(for: outcome.identity.keyFingerprint))
            try session.console.conclusion(options.format == .json ? report.json : report.text)
        }

        /// Under the lock of the store that is made, so that nobody else makes one there.
        private func copied(
            _ source: Adapters.StoreLocation, _ target: Adapters.StoreLocation, _ session: Session,
            _ context: RunContext
        ) async throws(Stop) -> CopyOutcome {
            guard source != target else {
                throw Stop(.usage, error: "a store is not copied onto itself.")
            }
            let store = try session.writableStore(target)
            let lock: any StoreLock
            do { lock = try await store.lock(holder: context.holder, timeout: 0) } catch {
                throw session.stop(for: error)
            }
            let result: Result<CopyOutcome, Stop>
            do throws(Stop) {
                result = .success(
                    try await session.progress.during("copying the store") {
                        () async throws(Stop) -> CopyOutcome in
                        do throws(StoreError) {
                            return try await session.adapters.copy(
                                source, target, session.patience, context.underTestClock)
                        } catch {
                            throw session.stop(for: error)
                        }
                    })
            } catch {
                result = .failure(error)
            }
            await lock.release()
            return try result.get()
        }
    }
}

extension Session {
    /// A store that is named needs no project.
    fileprivate func checkedLocation() throws(Stop) -> Adapters.StoreLocation {
        if options.directory == nil, options.store != nil {
            return try storeLocation(root: currentFolder(), project: nil)
        }
        let (open, project) = try usableProject()
        return try storeLocation(root: open.root, project: project)
    }
}

extension KeyFile {
    fileprivate func found(for fingerprint: String?) -> CopyReport.Key {
        do throws(KeyProblem) {
            return CopyReport.Key(
                place, .success(try key(mayCreate: false)), fingerprint: fingerprint)
        } catch {
            return CopyReport.Key(place, .failure(error), fingerprint: fingerprint)
        }
    }
}
