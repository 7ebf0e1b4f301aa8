/* Calls of Linux that the Glibc module leaves out, because they need _GNU_SOURCE. */
extern int syncfs(int fd);
extern int renameat2(int from, const char *old, int to, const char *name, unsigned flags);
extern void *memmem(const void *text, unsigned long size, const void *word, unsigned long length);
enum { MUSTER_RENAME_NOREPLACE = 1 };

/* An entry is only as long as its name: whoever copies a whole dirent may read past its memory. */
#include <dirent.h>
static inline const char *muster_name(const struct dirent *entry) { return entry->d_name; }
