/* Calls of Linux that the Glibc module leaves out, because they need _GNU_SOURCE. */
extern int syncfs(int fd);
