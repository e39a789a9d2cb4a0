/* LD_PRELOAD: clocks and disks go wrong as the page of shared memory says that the file named by TORTURE_PAGE is.
   Tests/Minato.Torture/Staging/FaultPage.cs writes it: the same fields in the same order. */
#define _GNU_SOURCE
#include "dotnet.h"
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

struct page {
    volatile int64_t clock_ahead_ns; /* of CLOCK_REALTIME; the monotonic clock is left alone */
    volatile int64_t fsync_takes_us; /* besides what it takes */
    volatile int64_t fsync_fails;    /* 1: EIO, without syncing */
};

static struct page nothing;

static struct page *page(void)
{
    static struct page *mapped;
    if (mapped == NULL) {
        const char *name = getenv("TORTURE_PAGE");
        int fd = name == NULL ? -1 : open(name, O_RDONLY | O_CLOEXEC);
        void *map = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof(struct page), PROT_READ, MAP_SHARED, fd, 0);
        if (fd >= 0)
            close(fd);
        mapped = map == MAP_FAILED ? &nothing : map;
    }
    return mapped;
}

static int sync_as_told(const char *name, int fd)
{
    int64_t us = page()->fsync_takes_us;
    if (us > 0)
        usleep((useconds_t)us);
    if (page()->fsync_fails) {
        errno = EIO;
        return -1;
    }
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    return real(fd);
}

int fsync(int fd) { return sync_as_told("fsync", fd); }

int fdatasync(int fd) { return sync_as_told("fdatasync", fd); }

int clock_gettime(clockid_t clock, struct timespec *now)
{
    static int (*real)(clockid_t, struct timespec *);
    if (real == NULL)
        real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int result = real(clock, now);
    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        int64_t ns = (int64_t)now->tv_sec * 1000000000 + now->tv_nsec + page()->clock_ahead_ns;
        now->tv_sec = ns / 1000000000;
        now->tv_nsec = ns % 1000000000;
    }
    return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    (void)zone;
    struct timespec precise;
    if (clock_gettime(CLOCK_REALTIME, &precise) != 0)
        return -1;
    now->tv_sec = precise.tv_sec;
    now->tv_usec = precise.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *result)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (result != NULL)
        *result = now.tv_sec;
    return now.tv_sec;
}
