/* A disk that can be full, and that loses in a power cut what was not synced.
 *
 * Loaded before the C library. Below the folder FAULT_ROOT:
 *   - each fsync of a file copies it to FAULT_SHADOW/<inode>, each fsync of a folder
 *     writes its names and inodes to FAULT_SHADOW/<inode>.d: all that a power cut leaves;
 *   - while the first byte of FAULT_SHADOW/full is 'y', nothing can be written or made.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *root, *shadow;
static volatile char *full;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
    char path[4096];
    root = getenv("FAULT_ROOT");
    shadow = getenv("FAULT_SHADOW");
    if (!root || !shadow) return;
    snprintf(path, sizeof path, "%s/full", shadow);
    int fd = REAL(open)(path, O_RDONLY);
    if (fd < 0) return;
    void *map = mmap(NULL, 1, PROT_READ, MAP_SHARED, fd, 0);
    if (map != MAP_FAILED) full = map;
    close(fd);
}

static int below(const char *path) {
    return root && strncmp(path, root, strlen(root)) == 0;
}

static int path_of(int fd, char *path, size_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, size - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return 1;
}

static int refused(int fd) {
    char path[4096];
    if (!full || *full != 'y' || !path_of(fd, path, sizeof path) || !below(path)) return 0;
    errno = ENOSPC;
    return 1;
}

static int refused_path(const char *path) {
    if (!full || *full != 'y' || !below(path)) return 0;
    errno = ENOSPC;
    return 1;
}

static void keep_file(int fd, ino_t inode) {
    char name[4096], draft[4200], path[4096], buffer[65536];
    snprintf(name, sizeof name, "%s/%lu", shadow, (unsigned long)inode);
    snprintf(draft, sizeof draft, "%s.%d.%p", name, getpid(), (void *)&buffer);
    if (!path_of(fd, path, sizeof path)) return;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    int from = REAL(open)(path, O_RDONLY), to = REAL(open)(draft, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ssize_t got;
    if (from >= 0 && to >= 0) {
        while ((got = read(from, buffer, sizeof buffer)) > 0)
            if (REAL(write)(to, buffer, got) < 0) break;
        rename(draft, name);
    }
    if (from >= 0) close(from);
    if (to >= 0) close(to);
}

static void keep_folder(int fd, ino_t inode) {
    char name[4096], draft[4200], path[64];
    snprintf(name, sizeof name, "%s/%lu.d", shadow, (unsigned long)inode);
    snprintf(draft, sizeof draft, "%s.%d.%p", name, getpid(), (void *)&name);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    DIR *folder = opendir(path);
    FILE *list = fopen(draft, "w");
    struct dirent *entry;
    if (folder && list)
        while ((entry = readdir(folder)))
            if (entry->d_name[0] != '.' || (entry->d_name[1] && entry->d_name[1] != '.'))
                fprintf(list, "%lu %s\n", (unsigned long)entry->d_ino, entry->d_name);
    if (folder) closedir(folder);
    if (list) fclose(list);
    rename(draft, name);
}

static void synced(int fd) {
    struct stat status;
    char path[4096];
    if (!root || !path_of(fd, path, sizeof path) || !below(path) || fstat(fd, &status)) return;
    if (S_ISDIR(status.st_mode)) keep_folder(fd, status.st_ino);
    else keep_file(fd, status.st_ino);
}

int fsync(int fd) {
    int done = REAL(fsync)(fd);
    if (!done) synced(fd);
    return done;
}

int fdatasync(int fd) {
    int done = REAL(fdatasync)(fd);
    if (!done) synced(fd);
    return done;
}

ssize_t write(int fd, const void *data, size_t size) {
    return refused(fd) ? -1 : REAL(write)(fd, data, size);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    return refused(fd) ? -1 : REAL(pwrite)(fd, data, size, at);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    return refused(fd) ? -1 : REAL(pwrite64)(fd, data, size, at);
}

int ftruncate(int fd, off_t size) {
    struct stat status;
    int grows = !fstat(fd, &status) && size > status.st_size;
    return grows && refused(fd) ? -1 : REAL(ftruncate)(fd, size);
}

int ftruncate64(int fd, off64_t size) {
    struct stat status;
    int grows = !fstat(fd, &status) && size > status.st_size;
    return grows && refused(fd) ? -1 : REAL(ftruncate64)(fd, size);
}

int posix_fallocate(int fd, off_t at, off_t size) {
    return refused(fd) ? ENOSPC : REAL(posix_fallocate)(fd, at, size);
}

static int makes(const char *path, int flags) {
    return (flags & O_CREAT) && access(path, F_OK) && refused_path(path);
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return makes(path, flags) ? -1 : REAL(open)(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return makes(path, flags) ? -1 : REAL(open64)(path, flags, mode);
}

int mkdir(const char *path, mode_t mode) {
    return refused_path(path) ? -1 : REAL(mkdir)(path, mode);
}

int link(const char *from, const char *to) {
    return refused_path(to) ? -1 : REAL(link)(from, to);
}

/* An inode that is free again is another file's soon, which must not get its bytes. */
static void freed(const char *path, const struct stat *status) {
    char name[4096];
    if (!below(path) || status->st_nlink > 1) return;
    snprintf(name, sizeof name, "%s/%lu", shadow, (unsigned long)status->st_ino);
    REAL(unlink)(name);
}

int unlink(const char *path) {
    struct stat status;
    int known = root && below(path) && !lstat(path, &status);
    int done = REAL(unlink)(path);
    if (!done && known) freed(path, &status);
    return done;
}
