/* LD_PRELOAD: fsync and fdatasync fail with EIO, without syncing, while the file named by FSYNC_FAILS exists. */
#define _GNU_SOURCE
#include "dotnet.h"
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static int sync_or_fail(const char *name, int fd)
{
    const char *trigger = getenv("FSYNC_FAILS");
    if (trigger != NULL && access(trigger, F_OK) == 0) {
        errno = EIO;
        return -1;
    }
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    return real(fd);
}

int fsync(int fd) { return sync_or_fail("fsync", fd); }

int fdatasync(int fd) { return sync_or_fail("fdatasync", fd); }
