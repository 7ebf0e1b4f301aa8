internal import AccessModel
package import Diagnostics
package import Storage

extension StoreError {
    /// What failed and what to do, as every format shows it.
    package var diagnostic: ResolvedDiagnostic {
        switch self {
        case .absent(let path):
            .failure(
                path, "there is no store there.",
                help: "Check `-C` and `--store`; the first apply with --operator begins one.")
        case .unreachable(let url, let reason):
            .failure(url, "the store cannot be reached: \(reason).", help: "Nothing was changed.")
        case .notAStore(let path, let reason):
            .failure(
                path, "this is no store of Muster: \(reason).",
                help: "Check `--store`, or put back the store from a copy.")
        case .damaged(let path, let reason):
            .failure(
                path, "the store is damaged: \(reason).",
                help: "Keep it as it is and put back a copy; nothing is repaired on its own.")
        case .newer(let found, let known):
            .failure(
                code: "E303", "store",
                "its schema is version \(found), and this muster knows \(known).",
                help: "Use a newer muster; nothing was written.")
        case .insecure(let path, let reason):
            .failure(
                code: "E306", path,
                "others on this machine can change the store: \(reason).",
                help: "Run `chmod go-rwx` on it, after you have made sure that nobody did.")
        case .trackedByGit(let path):
            .failure(
                code: "E306", path,
                "the store is tracked by git, so that its people would be published.",
                help: "Run `git rm --cached` on it and ignore `.muster/`.")
        case .taken(let path):
            .failure(
                path, "there is something already; a store is only copied to where none is.",
                help: "Nothing was changed. Choose another place, or move what is there away.")
        case .locked(let holder):
            .failure(
                code: "E302", "store", holder?.sentence ?? "somebody else is writing to it.",
                help: "Wait, and run it again; `apply --lock-timeout` waits longer.")
        case .readOnly(let path):
            .failure(path, "the store cannot be written.", help: "Nothing was changed.")
        case .full(let path):
            .failure(
                path, "the disk is full.",
                help: "Nothing was changed; make room and run it again.")
        case .stale:
            .failure(
                code: "E301", "store", "it changed after the plan was made.",
                help: "Make a new plan, look at it and apply that.")
        case .outcomeUnknown(let reason):
            .failure(
                "store", "whether the changes were written is not known: \(reason).",
                help: "Run the same command again; it will tell.")
        case .clock:
            .failure(
                "MUSTER_CLOCK",
                "the store was not made under this clock, and is not written under it.",
                help: "Unset it, or use a store that was made under it; nothing was changed.")
        case .failed(let reason):
            .failure(
                "store", "the store failed: \(reason).",
                help: "Nothing was changed. Run it again; `muster store check` looks at the store.")
        }
    }
}

extension LockHolder {
    /// "ann@acme.example (ann on build7, process 4711) has held the lock since …"
    package var sentence: String {
        "\(actor) (\(systemUser) on \(host), process \(process)) has held the lock since "
            + "\(since.words)."
    }
}
