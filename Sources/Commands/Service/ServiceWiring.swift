import AccessModel
import Diagnostics
import Glibc
import Invitations
import Reconciliation
import Storage

/// Opens what the service needs: project, store, key and delivery, before it listens.
struct ServiceWiring {
    private let session: Session
    private let open: OpenProject
    private let project: Project
    private let location: Adapters.StoreLocation

    /// So many seconds a page waits for whoever writes the store.
    private static let patience: Int64 = 1

    init(_ session: Session) throws(Stop) {
        self.session = session
        (open, project) = try session.usableProject()
        location = try session.storeLocation(root: open.root, project: project)
    }

    /// Refuses a project that `validate` calls invalid, in the same words. To accept, nothing of
    /// the manifests is needed; but drift is told against them, and letters are made as the project
    /// says. A service that began with half of it would tell wrong things for weeks, while whoever
    /// starts one is there to read why it does not. One that runs already goes on, and says so. A
    /// policy that does not hold stops nobody: what is in the store does not depend on it.
    func requireValidProject() throws(Stop) {
        let now = try session.now().instant
        let loaded = session.manifests(in: session.files(of: open), of: open, at: now)
        let errors = validation(of: loaded, at: now).filter(\.isError)
        guard !errors.isEmpty else { return }
        let text = session.errorText(of: errors)
        guard !errors.contains(where: { $0.code.hasPrefix("E1") }) else {
            throw Stop(.invalid, text)
        }
        session.console.complain(text)
    }

    func ports(_ settings: ServiceSettings) throws(Stop) -> ServicePorts {
        let needsMail = settings.driftMail != nil || settings.deliverEvery != nil
        let (location, adapters) = (location, session.adapters)
        let context = try session.context(actor: .platformOperator)
        let told = told
        return ServicePorts(
            project: project,
            reader: { () throws(StoreError) in try adapters.reader(location, Self.patience) },
            store: try session.writableStore(location),
            trial: { () throws(StoreError) in try adapters.store(location, Self.patience) },
            keys: session.keySource(location),
            transport: needsMail ? try transport() : nil,
            templates: try session.templates(of: project, root: open.root),
            webhook: try webhook(settings.driftWebhook),
            claimant: { SendingProcess().claimant },
            context: { actor in
                var context = context
                context.actor = actor
                context.now = present()
                return context
            },
            manifests: { [session, open] in session.manifests(of: open, now: present()) },
            freeSpace: { Self.freeSpace(at: location) },
            lastTold: { told.flatMap { try? contents(of: $0, limit: 1 << 10) }.map(Self.text) },
            keepTold: { mark in
                guard let told else { return false }
                return (try? writePrivately(Array(mark.utf8), to: told)) != nil
            })
    }

    /// Tried once before the service listens.
    private func transport() throws(Stop) -> ServicePorts.Transport {
        _ = try session.transport(of: project, root: open.root)
        let (adapters, root) = (session.adapters, open.root)
        let delivery = project.delivery ?? Project.defaultDelivery
        return { () throws(DeliveryProblem) in try adapters.transport(delivery, root) }
    }

    private func webhook(_ url: String?) throws(Stop) -> (@Sendable ([UInt8]) -> String?)? {
        guard let url else { return nil }
        do throws(DeliveryProblem) {
            return try session.adapters.webhook(url, "drift")
        } catch {
            throw Stop(.failed, error: "cannot tell --drift-webhook: \(error.reason).")
        }
    }

    /// Beside an embedded store; else in the project's `.muster`, when there is one.
    private var told: String? {
        switch location {
        case .sqlite(let path):
            let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
            return folder + "/drift.told"
        case .postgres: return open.root + "/.muster/drift.told"
        }
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func freeSpace(at location: Adapters.StoreLocation) -> Int64? {
        guard case .sqlite(let path) = location else { return nil }
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        let free = Int64(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
        var (file, limit) = (stat(), rlimit())
        guard stat(path, &file) == 0,
            getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0
        else { return free }
        return min(free, Int64(clamping: limit.rlim_cur) - Int64(file.st_size))
    }
}

/// The clock on the wall; the service has no other.
private func present() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(seconds: Int64(time.tv_sec))
}

/// Becomes `muster-serve`, which lies beside this program, with the same arguments. Gives back why
/// not: else it does not come back.
func becomeService() -> Stop {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    let here =
        count > 0
        ? String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self) : ""
    let path =
        String(here.prefix(through: here.lastIndex(of: "/") ?? here.startIndex).dropLast())
        + "/muster-serve"
    // The arguments as the parser takes them begin with the command's name, which the program has.
    let words = arranged(Array(CommandLine.arguments.dropFirst())).dropFirst()
    let arguments = ([path] + words).map { strdup($0) } + [nil]
    execv(path, arguments)
    let reason = String(cString: strerror(errno))
    arguments.forEach { free($0) }
    return Stop(
        .failed,
        error: "\(path) cannot be started: \(reason). It is installed beside muster.")
}
