import AccessModel
import ArgumentParser
import Diagnostics
import Presentation
import Reconciliation
import Storage

struct OutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox", abstract: "Undelivered mail.",
        subcommands: [List.self, Flush.self, Drop.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Letters that did not leave.")

        @OptionGroup var options: GlobalOptions

        func run() async throws {
            let session = try Session(options)
            try session.requireFormat(.text, .json)
            let (_, reader) = try session.projectWithReader()
            let entries: [OutboxEntry]
            do { entries = try await reader.outbox() } catch { throw session.stop(for: error) }
            let list = OutboxList(entries)
            try session.console.result(
                options.format == .json ? list.json : list.text(style: session.console.style))
        }
    }

    struct Flush: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send what is left, also what waits for its next try.",
            discussion: """
                A letter that fails is tried again after 1, 2, 4 minutes and so on, at most six \
                hours, and given up after twelve tries; tries that found no relay do not count. \
                apply and flush do not wait for that; a timer runs flush --due.
                """)

        @OptionGroup var options: GlobalOptions

        @Flag(help: "Leave letters whose next try has not come.")
        var due = false

        func run() async throws {
            let run = try DeskRun(options, actsForItself: true)
            let round = try await run.letters(onlyDue: due)
            var text = round.text(mailFolder: run.session.mailFolder(run.project))
            if round.left + round.undeliverable > 0 {
                text += OutboxList(try await run.outbox()).text(style: run.session.console.style)
            }
            try run.session.console.conclusion(text)
            if round.left + round.undeliverable > 0 { throw Stop(.undelivered) }
        }
    }

    struct Drop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Throw letters away unsent, by the ids that `outbox list` shows.")

        @OptionGroup var options: GlobalOptions

        @Argument(help: ArgumentHelp("The letters.", valueName: "id"))
        var ids: [String] = []

        @Flag(help: "All letters of the outbox.")
        var all = false

        func run() async throws {
            let run = try DeskRun(options)
            try run.session.requireOperator(for: "dropping mail")
            guard all != !ids.isEmpty else {
                throw Stop(.usage, error: "name the letters, or pass --all.")
            }
            let entries = try await run.outbox(all ? .all : .named(ids))
            let chosen =
                try all ? entries.map(\.letter.id) : ids.map { id in try match(id, entries) }
            let number = try await run.drop(chosen)
            let dropped = OutboxList(entries.filter { chosen.contains($0.letter.id) })
            let list = chosen.isEmpty ? "" : dropped.text(style: run.session.console.style)
            try run.session.console.conclusion("\(list)Dropped: \(number)\n")
        }

        /// An id, or the beginning of one.
        private func match(_ id: String, _ entries: [OutboxEntry]) throws(Stop) -> String {
            let matches = entries.map(\.letter.id).filter { $0.hasPrefix(id) }
            guard matches.count == 1, id.count >= 4 else {
                throw Stop(
                    .failed, error: "the outbox has no single letter \(id).")
            }
            return matches[0]
        }
    }
}
