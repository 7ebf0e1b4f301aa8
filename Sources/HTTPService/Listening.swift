internal import Glibc
internal import NIOCore
internal import Reconciliation

/// Why the service does not run: where it was to listen, what is in the way, and what to do.
func sentence(why error: any Error, on settings: ServiceSettings) -> String {
    let start = "cannot listen on \(settings.address(port: settings.port)): "
    switch error {
    case let error as IOError: return start + reason(error.errnoCode, settings)
    case is SocketAddressError, is SocketAddressError.UnknownHost:
        return start + "no host has that name here. Pass --listen with an address of this machine."
    default: return "the service ended on its own account: \(type(of: error))."
    }
}

private func reason(_ code: CInt, _ settings: ServiceSettings) -> String {
    switch code {
    case EADDRINUSE:
        "another program listens there. Stop it, or pass --listen with another port; "
            + "port 0 takes a free one."
    case EADDRNOTAVAIL:
        "this machine has no such address. Pass --listen with one that it has; "
            + ":\(settings.port) is all of them."
    case EACCES, EPERM:
        "this user may not. Ports below 1024 are for root; pass --listen with a higher one, "
            + "and let a proxy listen on the port that people use."
    case EMFILE, ENFILE: "too many files are open. Raise the limit (ulimit -n, LimitNOFILE)."
    default: String(cString: strerror(code)) + "."
    }
}

extension ServiceSettings {
    /// Where it listens, as `--listen` writes it.
    func address(port: Int) -> String {
        (host.contains(":") ? "[\(host)]" : host) + ":\(port)"
    }
}
