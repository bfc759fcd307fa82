/* Tries to get out of its tree by paths, in each function that takes one; /data/file.txt and /tmp are inside. */
#include "attempt.h"

static const char *const outside[] = {
    "..",
    "../",
    "../..",
    "../../../../../../../../etc/passwd",
    "/",
    "/etc/passwd",
    "//etc/passwd",
    "/data/file.txt",
    "./../etc/passwd",
    "data/../../etc/passwd",
    "data/..//../etc/passwd",
    "data/./.././../etc/passwd",
    "tmp/../../tmp",
    "data/file.txt/../../../etc/passwd",
    "etc/passwd",
    "proc/self/environ",
    "proc/self/fd/0",
    "dev/null",
    "..\\..\\etc\\passwd",
    "C:\\Windows\\win.ini",
    "\\\\?\\C:\\Windows",
    "%2e%2e/etc/passwd",
    "~/.ssh/id_rsa",
    "file:///etc/passwd",
    "",
};

static char line[256];

static const char *attempt(const char *function, const char *path)
{
    strcpy(line, function);
    strcat(line, " ");
    return strcat(line, *path == '\0' ? "(empty)" : path);
}

static __wasi_errno_t open_at(__wasi_fd_t at, const char *path, __wasi_oflags_t how, __wasi_rights_t rights)
{
    __wasi_fd_t fd;
    __wasi_errno_t error = __wasi_path_open(at, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, path, how, rights, rights, 0, &fd);
    if (error == __WASI_ERRNO_SUCCESS) {
        error = __wasi_fd_close(fd);
    }
    return error;
}

/* With its length told, so that it can be longer than its text. */
__attribute__((import_module("wasi_snapshot_preview1"), import_name("path_open")))
int path_open(int at, int flags, const char *path, size_t length, int how, int64_t rights, int64_t inheriting, int descriptor_flags, __wasi_fd_t *fd);

static __wasi_errno_t open_bytes(const char *path, size_t length)
{
    __wasi_fd_t fd;
    return (__wasi_errno_t)path_open(ROOT, 1, path, length, 0, __WASI_RIGHTS_FD_READ, 0, 0, &fd);
}

int main(void)
{
    __wasi_filestat_t stat;
    __wasi_size_t size;
    uint8_t target[64];
    for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++) {
        const char *path = outside[i];
        tell(attempt("open", path), open_at(ROOT, path, 0, __WASI_RIGHTS_FD_READ));
        tell(attempt("stat", path), __wasi_path_filestat_get(ROOT, 1, path, &stat));
    }

    static const char *const new[] = {"../new", "/new", "tmp/../../new", "tmp/./../.././new"};
    tell("create tmp/file", open_at(ROOT, "tmp/file", __WASI_OFLAGS_CREAT, __WASI_RIGHTS_FD_WRITE));
    for (size_t i = 0; i < sizeof new / sizeof new[0]; i++) {
        const char *path = new[i];
        tell(attempt("create", path), open_at(ROOT, path, __WASI_OFLAGS_CREAT, __WASI_RIGHTS_FD_WRITE));
        tell(attempt("mkdir", path), __wasi_path_create_directory(ROOT, path));
        tell(attempt("rmdir", path), __wasi_path_remove_directory(ROOT, path));
        tell(attempt("unlink", path), __wasi_path_unlink_file(ROOT, path));
        tell(attempt("symlink at", path), __wasi_path_symlink("tmp/file", ROOT, path));
        tell(attempt("readlink", path), __wasi_path_readlink(ROOT, path, target, sizeof target, &size));
        tell(attempt("link to", path), __wasi_path_link(ROOT, 0, "tmp/file", ROOT, path));
        tell(attempt("link from", path), __wasi_path_link(ROOT, 0, path, ROOT, "tmp/link"));
        tell(attempt("rename to", path), __wasi_path_rename(ROOT, "tmp/file", ROOT, path));
        tell(attempt("rename from", path), __wasi_path_rename(ROOT, path, ROOT, "tmp/file"));
        tell(attempt("set times of", path),
            __wasi_path_filestat_set_times(ROOT, 1, path, 0, 0, __WASI_FSTFLAGS_ATIM_NOW | __WASI_FSTFLAGS_MTIM_NOW));
    }

    /* a directory below is a smaller tree */
    __wasi_fd_t data;
    tell("open data as a directory",
        __wasi_path_open(ROOT, 0, "data", __WASI_OFLAGS_DIRECTORY, __WASI_RIGHTS_PATH_OPEN, __WASI_RIGHTS_FD_READ, 0, &data));
    tell("from data, open file.txt", open_at(data, "file.txt", 0, __WASI_RIGHTS_FD_READ));
    tell("from data, open ..", open_at(data, "..", 0, __WASI_RIGHTS_FD_READ));
    tell("from data, open ../data/file.txt", open_at(data, "../data/file.txt", 0, __WASI_RIGHTS_FD_READ));
    tell("from data, open /data/file.txt", open_at(data, "/data/file.txt", 0, __WASI_RIGHTS_FD_READ));

    /* from what is no directory */
    tell("from 0, open data", open_at(0, "data", 0, __WASI_RIGHTS_FD_READ));
    tell("from -1, open data", open_at(-1, "data", 0, __WASI_RIGHTS_FD_READ));
    tell("from 99, open data", open_at(99, "data", 0, __WASI_RIGHTS_FD_READ));

    /* bytes that no text has */
    tell("open a NUL", open_bytes("", 1));
    tell("open data, NUL, /../..", open_bytes("data\0/../..", 11));
    tell("open data/file.txt, NUL", open_bytes("data/file.txt", 14));
    tell("open a byte that is no UTF-8", open_bytes("data/\xff", 6));
    tell("open an overlong ../", open_bytes("\xc0\xae\xc0\xae/", 5));

    static char longest[1 << 16];
    memset(longest, 'n', 256);
    tell("open a name of 256 bytes", open_bytes(longest, 256));
    memset(longest, 'n', sizeof longest);
    tell("open a name of 65,536 bytes", open_bytes(longest, sizeof longest));
    for (size_t i = 0; i < sizeof longest; i += 2) {
        memcpy(longest + i, "./", 2);
    }
    tell("open 32,768 times ./", open_bytes(longest, sizeof longest));
    for (size_t i = 0; i + 3 <= 3000; i += 3) {
        memcpy(longest + i, "../", 3);
    }
    tell("open 1,000 times ../", open_bytes(longest, 3000));
    return 0;
}
