/* LD_PRELOAD: writes down, in order and with its bytes, what a program does to the disk below POWER_ROOT, and when it asked for it to be made durable.
   POWER_RECORD is the file of the record: a page of memory (struct page), then one struct record after the other. Tests/Minato.Torture/Power/Disks/DiskRecord.cs reads it.

   What makes the record sound: a change stands in it before the call returns, in the order in which the kernel saw changes; a sync stands in it twice, and
   holds for what stands before its beginning from its end on. Whoever is told of something after a sync looks at the clock later than the record's end did.

   Not seen: memory that is mapped and written (of SQLite that is its -shm, which it makes anew), and programs that run beside this one.
   POWER_SYNC_US: how long a sync takes; the disk itself is not asked, because this record stands for it. */
#define _GNU_SOURCE
#include "dotnet.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define PAGE 4096
#define DESCRIPTORS 65536

struct page {
    volatile int64_t end; /* where the record ends; only what stands before it is whole */
    volatile int64_t die; /* 1: kill -9 behind the next change, so that nothing is done that is not in the record */
};

enum kind { CREATE = 'c', FOLDER = 'm', SOCKET = 's', WRITE = 'w', TRUNCATE = 't', SYNC_BEGINS = 'b', SYNC_ENDS = 'e', RENAME = 'r', LINK = 'l', UNLINK = 'u', UNSEEN = 'x' };

struct record {
    int64_t at;    /* CLOCK_MONOTONIC, nanoseconds */
    uint64_t file; /* inode: whoever is created with it is who it stands for from then on */
    int64_t number; /* offset of a write, size of a truncation, which sync */
    uint32_t kind, bytes, more, reserved; /* lengths of what follows: data or path, second path */
};

/* What is opened below the root. */
struct opened {
    uint64_t file;
    char *path;
};

static struct opened opened[DESCRIPTORS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct page *page;
static int record = -1;
static const char *root;
static size_t root_length;
static int64_t syncs;

#define REAL(name) \
    static __typeof__(&name) real; \
    if (real == NULL) \
        real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void)
{
    const char *file = getenv("POWER_RECORD");
    root = getenv("POWER_ROOT");
    if (file == NULL || root == NULL)
        return;
    root_length = strlen(root);
    record = (int)syscall(SYS_openat, AT_FDCWD, file, O_RDWR | O_CLOEXEC);
    page = record < 0 ? MAP_FAILED : (struct page *)syscall(SYS_mmap, NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, record, 0);
    if (page == MAP_FAILED) {
        perror(file);
        _exit(99);
    }
}

static void put(const void *bytes, size_t length)
{
    for (size_t done = 0; done < length;) {
        ssize_t n = syscall(SYS_pwrite64, record, (const char *)bytes + done, length - done, page->end + (int64_t)done);
        if (n <= 0) {
            perror("the record");
            _exit(99);
        }
        done += (size_t)n;
    }
}

/* Under the lock. */
static void append(enum kind kind, uint64_t file, int64_t number, const void *bytes, size_t length, const char *more)
{
    int error = errno;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    struct record head = { (int64_t)now.tv_sec * 1000000000 + now.tv_nsec, file, number, kind, (uint32_t)length, more == NULL ? 0 : (uint32_t)strlen(more), 0 };
    int64_t begins = page->end;
    char *whole = malloc(sizeof head + head.bytes + head.more);
    memcpy(whole, &head, sizeof head);
    memcpy(whole + sizeof head, bytes, head.bytes);
    if (more != NULL)
        memcpy(whole + sizeof head + head.bytes, more, head.more);
    put(whole, sizeof head + head.bytes + head.more);
    free(whole);
    __atomic_store_n(&page->end, begins + (int64_t)(sizeof head + head.bytes + head.more), __ATOMIC_SEQ_CST);
    if (page->die)
        kill(getpid(), SIGKILL);
    errno = error;
}

static void append_path(enum kind kind, uint64_t file, const char *path, const char *more) { append(kind, file, 0, path, strlen(path), more); }

/* The path below the root, in the buffer of PATH_MAX; null: it is not below it. */
static const char *below(const char *path, char *buffer)
{
    if (page == NULL || path == NULL)
        return NULL;
    if (path[0] != '/') {
        if (getcwd(buffer, PATH_MAX) == NULL)
            return NULL;
        size_t length = strlen(buffer);
        snprintf(buffer + length, PATH_MAX - length, "/%s", path);
    } else
        snprintf(buffer, PATH_MAX, "%s", path);
    if (strncmp(buffer, root, root_length) != 0 || (buffer[root_length] != '/' && buffer[root_length] != 0))
        return NULL;
    for (size_t end = strlen(buffer); end > root_length && buffer[end - 1] == '/';)
        buffer[--end] = 0;
    return buffer[root_length] == 0 ? "." : buffer + root_length + 1;
}

static struct opened *of(int fd) { return page != NULL && fd >= 0 && fd < DESCRIPTORS && opened[fd].path != NULL ? &opened[fd] : NULL; }

static uint64_t inode(const char *path)
{
    struct stat is;
    return lstat(path, &is) == 0 ? is.st_ino : 0;
}

static int open_recorded(const char *path, int flags, mode_t mode)
{
    char buffer[PATH_MAX];
    const char *name = below(path, buffer);
    if (name == NULL)
        return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    pthread_mutex_lock(&lock);
    struct stat before, is;
    int was = stat(path, &before) == 0;
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    if (fd >= DESCRIPTORS)
        append_path(UNSEEN, 0, name, "a descriptor too high");
    else if (fd >= 0 && fstat(fd, &is) == 0) {
        if (!was && (flags & O_CREAT))
            append_path(CREATE, is.st_ino, name, NULL);
        else if ((flags & O_TRUNC) && before.st_size > 0)
            append(TRUNCATE, is.st_ino, 0, "", 0, NULL);
        opened[fd].file = is.st_ino;
        opened[fd].path = strdup(name);
    }
    pthread_mutex_unlock(&lock);
    return fd;
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) \
    { \
        va_list more; \
        va_start(more, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0; \
        va_end(more); \
        return open_recorded(path, flags, mode); \
    }

OPEN(open)
OPEN(open64)

int close(int fd)
{
    struct opened *file = of(fd);
    if (file != NULL) {
        char *path = file->path;
        file->path = NULL;
        free(path);
    }
    return (int)syscall(SYS_close, fd);
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    struct opened *file = of(fd);
    if (file == NULL)
        return syscall(SYS_write, fd, bytes, length);
    pthread_mutex_lock(&lock);
    ssize_t n = syscall(SYS_write, fd, bytes, length);
    if (n > 0)
        append(WRITE, file->file, lseek(fd, 0, SEEK_CUR) - n, bytes, (size_t)n, NULL);
    pthread_mutex_unlock(&lock);
    return n;
}

static ssize_t pwrite_recorded(int fd, const void *bytes, size_t length, off_t offset)
{
    struct opened *file = of(fd);
    if (file == NULL)
        return syscall(SYS_pwrite64, fd, bytes, length, offset);
    pthread_mutex_lock(&lock);
    ssize_t n = syscall(SYS_pwrite64, fd, bytes, length, offset);
    if (n > 0)
        append(WRITE, file->file, offset, bytes, (size_t)n, NULL);
    pthread_mutex_unlock(&lock);
    return n;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { return pwrite_recorded(fd, bytes, length, offset); }

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) { return pwrite_recorded(fd, bytes, length, offset); }

/* One piece after the other: each is a change of its own, as it may be on the disk. */
ssize_t pwritev64(int fd, const struct iovec *pieces, int count, off64_t offset)
{
    REAL(pwritev64);
    if (of(fd) == NULL)
        return real(fd, pieces, count, offset);
    ssize_t all = 0;
    for (int i = 0; i < count; i++) {
        ssize_t n = pwrite_recorded(fd, pieces[i].iov_base, pieces[i].iov_len, offset + all);
        if (n < 0)
            return all > 0 ? all : n;
        all += n;
        if ((size_t)n < pieces[i].iov_len)
            break;
    }
    return all;
}

ssize_t pwritev(int fd, const struct iovec *pieces, int count, off_t offset) { return pwritev64(fd, pieces, count, offset); }

static int truncate_recorded(int fd, off_t size)
{
    struct opened *file = of(fd);
    if (file == NULL)
        return (int)syscall(SYS_ftruncate, fd, size);
    pthread_mutex_lock(&lock);
    int result = (int)syscall(SYS_ftruncate, fd, size);
    if (result == 0)
        append(TRUNCATE, file->file, size, "", 0, NULL);
    pthread_mutex_unlock(&lock);
    return result;
}

int ftruncate(int fd, off_t size) { return truncate_recorded(fd, size); }

int ftruncate64(int fd, off64_t size) { return truncate_recorded(fd, size); }

/* Elsewhere than in the record these would be changes without bytes: whoever comes to use them is told so. */
static void unseen(int fd, const char *call)
{
    struct opened *file = of(fd);
    if (file == NULL)
        return;
    pthread_mutex_lock(&lock);
    append_path(UNSEEN, file->file, file->path, call);
    pthread_mutex_unlock(&lock);
}

int fallocate64(int fd, int mode, off64_t offset, off64_t length)
{
    REAL(fallocate64);
    unseen(fd, "fallocate");
    return real(fd, mode, offset, length);
}

ssize_t sendfile64(int to, int from, off64_t *offset, size_t length)
{
    REAL(sendfile64);
    unseen(to, "sendfile");
    return real(to, from, offset, length);
}

ssize_t copy_file_range(int from, off64_t *from_offset, int to, off64_t *to_offset, size_t length, unsigned flags)
{
    REAL(copy_file_range);
    unseen(to, "copy_file_range");
    return real(from, from_offset, to, to_offset, length, flags);
}

void *mmap64(void *at, size_t length, int protection, int flags, int fd, off64_t offset)
{
    struct opened *file = (flags & MAP_SHARED) && (protection & PROT_WRITE) ? of(fd) : NULL;
    size_t name = file == NULL ? 0 : strlen(file->path);
    if (name > 4 && strcmp(file->path + name - 4, "-shm") != 0)
        unseen(fd, "mmap");
    return (void *)syscall(SYS_mmap, at, length, protection, flags, fd, offset);
}

static int sync_recorded(int fd)
{
    struct opened *file = of(fd);
    const char *takes = getenv("POWER_SYNC_US");
    if (file == NULL)
        return 0;
    pthread_mutex_lock(&lock);
    int64_t number = ++syncs;
    append(SYNC_BEGINS, file->file, number, "", 0, NULL);
    pthread_mutex_unlock(&lock);
    if (takes != NULL)
        usleep((useconds_t)atoi(takes));
    pthread_mutex_lock(&lock);
    append(SYNC_ENDS, file->file, number, "", 0, NULL);
    pthread_mutex_unlock(&lock);
    return 0;
}

int fsync(int fd) { return sync_recorded(fd); }

int fdatasync(int fd) { return sync_recorded(fd); }

int mkdir(const char *path, mode_t mode)
{
    char buffer[PATH_MAX];
    const char *name = below(path, buffer);
    pthread_mutex_lock(&lock);
    int result = (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
    if (result == 0 && name != NULL)
        append_path(FOLDER, inode(path), name, NULL);
    pthread_mutex_unlock(&lock);
    return result;
}

static int remove_recorded(const char *path, int flags)
{
    char buffer[PATH_MAX];
    const char *name = below(path, buffer);
    pthread_mutex_lock(&lock);
    int result = (int)syscall(SYS_unlinkat, AT_FDCWD, path, flags);
    if (result == 0 && name != NULL)
        append_path(UNLINK, 0, name, NULL);
    pthread_mutex_unlock(&lock);
    return result;
}

int unlink(const char *path) { return remove_recorded(path, 0); }

int rmdir(const char *path) { return remove_recorded(path, AT_REMOVEDIR); }

int rename(const char *from, const char *to)
{
    char buffer[PATH_MAX], other[PATH_MAX];
    const char *name = below(from, buffer), *anew = below(to, other);
    pthread_mutex_lock(&lock);
    uint64_t moved = inode(from);
    int result = (int)syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to);
    if (result == 0 && name != NULL && anew != NULL)
        append_path(RENAME, moved, name, anew);
    else if (result == 0 && (name != NULL || anew != NULL))
        append_path(UNSEEN, moved, from, "rename over the root's edge");
    pthread_mutex_unlock(&lock);
    return result;
}

int link(const char *from, const char *to)
{
    char buffer[PATH_MAX], other[PATH_MAX];
    const char *name = below(from, buffer), *anew = below(to, other);
    pthread_mutex_lock(&lock);
    int result = (int)syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
    if (result == 0 && name != NULL && anew != NULL)
        append_path(LINK, inode(to), name, anew);
    pthread_mutex_unlock(&lock);
    return result;
}

int bind(int fd, const struct sockaddr *address, socklen_t length)
{
    char buffer[PATH_MAX], path[sizeof(struct sockaddr_un) + 1];
    int is_path = page != NULL && address->sa_family == AF_UNIX && length > offsetof(struct sockaddr_un, sun_path);
    if (is_path)
        snprintf(path, sizeof path, "%.*s", (int)(length - offsetof(struct sockaddr_un, sun_path)), ((const struct sockaddr_un *)address)->sun_path);
    const char *name = is_path ? below(path, buffer) : NULL;
    pthread_mutex_lock(&lock);
    int result = (int)syscall(SYS_bind, fd, address, length);
    if (result == 0 && name != NULL)
        append_path(SOCKET, inode(path), name, NULL);
    pthread_mutex_unlock(&lock);
    return result;
}
