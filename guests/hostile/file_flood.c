/* Writes files of 64 KiB below /tmp until it is refused, then deletes one and writes it anew. */
#include "attempt.h"

static uint8_t block[4096];

/* Writes one file and tells how many bytes came to be in it. */
static __wasi_errno_t write_file(const char *path, uint64_t *bytes)
{
    __wasi_fd_t fd;
    __wasi_errno_t error = __wasi_path_open(ROOT, 0, path, __WASI_OFLAGS_CREAT, __WASI_RIGHTS_FD_WRITE, 0, 0, &fd);
    if (error != __WASI_ERRNO_SUCCESS) {
        return error;
    }
    for (int i = 0; i < 16 && error == __WASI_ERRNO_SUCCESS; i++) {
        __wasi_ciovec_t buffer = {block, sizeof block};
        __wasi_size_t written = 0;
        error = __wasi_fd_write(fd, &buffer, 1, &written);
        *bytes += written;
    }
    (void)!__wasi_fd_close(fd);
    return error;
}

int main(void)
{
    char path[] = "tmp/aaaa";
    uint64_t bytes = 0;
    __wasi_errno_t error;
    while ((error = write_file(path, &bytes)) == __WASI_ERRNO_SUCCESS) {
        for (char *letter = path + 7; ++*letter > 'z'; letter--) {
            *letter = 'a';
        }
    }
    tell_count("bytes, then", bytes, error);
    bytes = 0;
    tell("delete the first", __wasi_path_unlink_file(ROOT, "tmp/aaaa"));
    error = write_file("tmp/aaaa", &bytes);
    tell_count("bytes in its place", bytes, error);
    return 0;
}
