/* Makes a directory in a directory in a directory, each from the one before, so that no path is too long, until it is
   refused; who walks the tree by recursion has then as deep a stack. */
#include "attempt.h"

static __wasi_errno_t open_directory(__wasi_fd_t at, const char *path, __wasi_fd_t *fd)
{
    __wasi_rights_t rights = __WASI_RIGHTS_PATH_CREATE_DIRECTORY | __WASI_RIGHTS_PATH_OPEN;
    return __wasi_path_open(at, 0, path, __WASI_OFLAGS_DIRECTORY, rights, rights, 0, fd);
}

int main(void)
{
    __wasi_fd_t directory;
    __wasi_errno_t error = open_directory(ROOT, "tmp", &directory);
    uint64_t depth = 0;
    for (; error == __WASI_ERRNO_SUCCESS && depth < 1000000; depth++) {
        error = __wasi_path_create_directory(directory, "d");
        __wasi_fd_t next = directory;
        if (error == __WASI_ERRNO_SUCCESS) {
            error = open_directory(directory, "d", &next);
        }
        if (error == __WASI_ERRNO_SUCCESS) {
            error = __wasi_fd_close(directory);
        }
        directory = next;
    }
    tell("deeper", error);
    tell("into itself", __wasi_path_rename(ROOT, "tmp/d", ROOT, "tmp/d/d/d/d"));
    say(depth > 100 ? "deep\n" : "not deep\n");
    return 0;
}
