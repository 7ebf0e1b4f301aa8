// Does to one call what strace cannot: half of a write, or a call that is done and said to have
// failed. Loaded with LD_PRELOAD; FAULT_CALL, FAULT_KIND and FAULT_AT say which, FAULT_UNDER below
// which folder, and FAULT_LOG gets the path it happened to.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int seen;

static int is(const char *kind) {
    const char *wanted = getenv("FAULT_KIND");
    return wanted && !strcmp(wanted, kind);
}

static int isDue(const char *call, const char *path) {
    const char *wanted = getenv("FAULT_CALL"), *under = getenv("FAULT_UNDER");
    if (!wanted || !under || strcmp(wanted, call) || strncmp(path, under, strlen(under))) return 0;
    if (__atomic_add_fetch(&seen, 1, __ATOMIC_SEQ_CST) != atoi(getenv("FAULT_AT"))) return 0;
    int log = syscall(SYS_openat, AT_FDCWD, getenv("FAULT_LOG"), O_WRONLY | O_CREAT | O_APPEND, 0600);
    syscall(SYS_write, log, path, strlen(path));
    syscall(SYS_close, log);
    return 1;
}

static int isDueFor(const char *call, int file) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return isDue(call, path);
}

static int end(int answer) {
    if (is("kill")) raise(SIGKILL);
    if (is("late")) { errno = EIO; return -1; }
    return answer;
}

static ssize_t written(const char *call, int file, const void *bytes, size_t count, off_t place) {
    int due = isDueFor(call, file), isWhole = !due || is("late") || is("kill");
    size_t part = isWhole ? count : (count + 1) / 2;
    ssize_t answer = place < 0 ? syscall(SYS_write, file, bytes, part)
                               : syscall(SYS_pwrite64, file, bytes, part, place);
    if (due && is("torn")) raise(SIGKILL);
    return due && isWhole && answer >= 0 && end(0) ? -1 : answer;
}

ssize_t write(int file, const void *bytes, size_t count) {
    return written("write", file, bytes, count, -1);
}
ssize_t pwrite(int file, const void *bytes, size_t count, off_t place) {
    return written("pwrite64", file, bytes, count, place);
}
ssize_t pwrite64(int file, const void *bytes, size_t count, off_t place) {
    return written("pwrite64", file, bytes, count, place);
}

#define AFTER(call, due, ...)                                                  \
    int answer = syscall(SYS_##call, __VA_ARGS__), isNow = (due);              \
    return answer == 0 && isNow ? end(0) : answer;

int fsync(int file) { AFTER(fsync, isDueFor("fsync", file), file) }
int fdatasync(int file) { AFTER(fdatasync, isDueFor("fdatasync", file), file) }
int syncfs(int file) { AFTER(syncfs, isDueFor("syncfs", file), file) }
int ftruncate(int file, off_t size) { AFTER(ftruncate, isDueFor("ftruncate", file), file, size) }
int ftruncate64(int file, off_t size) { AFTER(ftruncate, isDueFor("ftruncate", file), file, size) }
int unlink(const char *path) { AFTER(unlink, isDue("unlink", path), path) }
int rename(const char *path, const char *new) { AFTER(rename, isDue("rename", path), path, new) }
int link(const char *path, const char *new) { AFTER(link, isDue("link", path), path, new) }
int renameat2(int at, const char *path, int to, const char *new, unsigned flags) {
    AFTER(renameat2, isDue("renameat2", path), at, path, to, new, flags)
}

// A file that is made: refused before, which strace can only do where it knows the path.
static int opened(int at, const char *path, int flags, int mode) {
    if (flags & O_CREAT && isDue("openat", path)) {
        if (is("kill")) raise(SIGKILL);
        errno = is("ENOSPC") ? ENOSPC : EIO;
        return -1;
    }
    return syscall(SYS_openat, at, path, flags, mode);
}
#define MODE(flags)                                                            \
    int mode = 0;                                                              \
    if (flags & O_CREAT) {                                                     \
        va_list rest;                                                          \
        va_start(rest, flags);                                                 \
        mode = va_arg(rest, int);                                              \
        va_end(rest);                                                          \
    }
int open(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE(flags) return opened(at, path, flags, mode); }
