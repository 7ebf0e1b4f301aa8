internal import AccessModel
internal import Diagnostics
internal import Manifests
package import Reconciliation
internal import Storage

// Where a right comes from, in words: the line that declares it, who wrote that line, and the run
// that made it.

extension DeclaredPlace {
    /// "people/ann.yaml:12:16, via bundle support (bundles.yaml:2:7), in an Admin document"
    var phrase: Phrase {
        let via: Phrase =
            bundle.map { bundle in
                ", via bundle \(bundle.name) (declared at \(words: bundle.location.text))"
            } ?? Phrase()
        return "\(words: location.text)\(via), \(words: document.words)"
    }
}

extension Declaration.Document {
    var words: String {
        switch self {
        case .admin: "in an Admin document"
        case .members: "in a Members document"
        case .users: "in the identity's users"
        case .identityAdmins: "in the tenant's identityAdmins"
        }
    }

    /// As machines read it.
    var word: String {
        switch self {
        case .admin: "Admin"
        case .members: "Members"
        case .users: "users"
        case .identityAdmins: "identityAdmins"
        }
    }
}

extension LineOrigin {
    /// "Ann Bee, 2026-11-20, commit 4f3a2b1c9d0e"
    func phrase(verbose: Bool) -> Phrase {
        guard let commit else { return "not committed yet" }
        let cut: Phrase = isCutOff ? " or earlier: the clone is shallow" : Phrase()
        let summary: Phrase = verbose ? ": \(commit.summary)" : Phrase()
        return "\(commit.author), \(commit.at.date), commit \(String(commit.id.prefix(12)))"
            + cut + summary
    }
}

extension RightOrigin {
    /// "run 4, apply by access-bot@acme.example, granted by ann@acme.example, 2026-… UTC, commit …"
    var phrase: Phrase {
        switch self {
        case .run(let run, let entry):
            let grantor: Phrase =
                entry.actor == run.actor ? Phrase() : ", granted by \(entry.actor)"
            let commit: Phrase =
                run.commit.map { ", commit \(String($0.prefix(12)))" } ?? Phrase()
            return "run \(words: "\(run.number)"), \(words: run.kind.rawValue) by \(run.actor)"
                + grantor + ", \(words: run.at.words)" + commit
        case .outside(let change): return "outside Muster" + change.moment
        case .unrecorded: return "by no run on record: somebody changed the store without Muster"
        }
    }
}

extension RightOrigin {
    /// What became of an account that is gone, as a sentence that follows another.
    package var deletionSentence: String {
        (" The account was deleted by " + phrase + ".").text
    }
}

extension ForeignChange {
    /// ", 2026-11-22 10:00:00 UTC, by dba"
    var moment: Phrase {
        ", \(words: at.words)" + (by.map { ", by \($0)" } ?? Phrase())
    }
}
