/* Opens its root until it is refused, then closes one and opens another. */
#include "attempt.h"

static __wasi_errno_t open_root(__wasi_fd_t *fd)
{
    return __wasi_path_open(ROOT, 0, ".", __WASI_OFLAGS_DIRECTORY, __WASI_RIGHTS_FD_READDIR, 0, 0, fd);
}

int main(void)
{
    __wasi_fd_t fd, last = 0;
    __wasi_errno_t error;
    uint64_t count = 0;
    while ((error = open_root(&fd)) == __WASI_ERRNO_SUCCESS) {
        last = fd;
        count++;
    }
    tell_count("open", count, error);
    tell("close the last", __wasi_fd_close(last));
    tell("open another", open_root(&fd));
    tell("open one more", open_root(&fd));
    return 0;
}
