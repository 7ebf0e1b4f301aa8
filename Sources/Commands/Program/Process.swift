import Glibc

/// A reader that goes away, and a file that may not grow, is an error of the write, not a signal.
func makeFailedWritesErrors() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
}

/// Puts something that cannot be used in the place of standard streams that are closed. Otherwise
/// the next file that is opened, the store's for one, would be taken for a standard stream.
func holdStandardStreams() {
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    where fcntl(stream, F_GETFD) < 0 && errno == EBADF {
        // The lowest free number, which is this one. Reading from it ends, writing to it fails.
        _ = open("/dev/null", stream == STDIN_FILENO ? O_RDWR : O_RDONLY)
    }
}

func end(_ status: ExitStatus) -> Never {
    exit(status.rawValue)
}
