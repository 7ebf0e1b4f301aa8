/* Calls of Linux that the Glibc module leaves out, because they need _GNU_SOURCE. */
extern int syncfs(int fd);
extern int renameat2(int from, const char *old, int to, const char *name, unsigned flags);
enum { MUSTER_RENAME_NOREPLACE = 1 };
