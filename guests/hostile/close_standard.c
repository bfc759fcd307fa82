/* Closes its standard descriptors and its root, twice, and uses them afterwards. */
#include "attempt.h"

int main(void)
{
    report = 2;
    uint8_t byte = 'x';
    __wasi_iovec_t in = {&byte, 1};
    __wasi_ciovec_t out = {&byte, 1};
    __wasi_size_t size;
    __wasi_fdstat_t stat;
    tell("close 0", __wasi_fd_close(0));
    tell("close 0 again", __wasi_fd_close(0));
    tell("read from 0", __wasi_fd_read(0, &in, 1, &size));
    tell("close 1", __wasi_fd_close(1));
    tell("write to 1", __wasi_fd_write(1, &out, 1, &size));
    tell("fdstat of 1", __wasi_fd_fdstat_get(1, &stat));
    __wasi_fd_t fd;
    tell("open data/file.txt", __wasi_path_open(ROOT, 0, "data/file.txt", 0, __WASI_RIGHTS_FD_READ, 0, 0, &fd));
    tell("read from it", __wasi_fd_read(fd, &in, 1, &size));
    tell("write to it", __wasi_fd_write(fd, &out, 1, &size));
    tell("close 3", __wasi_fd_close(ROOT));
    tell("open data/file.txt", __wasi_path_open(ROOT, 0, "data/file.txt", 0, __WASI_RIGHTS_FD_READ, 0, 0, &fd));
    tell("close -1", __wasi_fd_close(-1));
    tell("close 1,000,000", __wasi_fd_close(1000000));
    __wasi_errno_t error = __wasi_fd_close(2);
    tell("nobody hears this", error);
    return error == __WASI_ERRNO_SUCCESS && __wasi_fd_close(2) == __WASI_ERRNO_BADF ? 42 : 1;
}
