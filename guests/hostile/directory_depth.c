/* Makes a directory in a directory in a directory, each from the one before, so that no path is too long, until it is
   refused; who walks the tree by recursion has then as deep a stack. */
#include "attempt.h"

int main(void)
{
    __wasi_fd_t directory;
    __wasi_errno_t error = __wasi_path_open(ROOT, 0, "tmp", __WASI_OFLAGS_DIRECTORY, -1, -1, 0, &directory);
    uint64_t depth = 0;
    for (; error == __WASI_ERRNO_SUCCESS && depth < 1000000; depth++) {
        error = __wasi_path_create_directory(directory, "d");
        __wasi_fd_t next = directory;
        if (error == __WASI_ERRNO_SUCCESS) {
            error = __wasi_path_open(directory, 0, "d", __WASI_OFLAGS_DIRECTORY, -1, -1, 0, &next);
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
