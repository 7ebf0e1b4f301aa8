import Glibc

/// A reader that goes away is an error of the write, not a signal.
func ignoreBrokenPipes() {
    signal(SIGPIPE, SIG_IGN)
}

func end(_ status: ExitStatus) -> Never {
    exit(status.rawValue)
}
