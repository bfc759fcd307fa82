/* Reads and writes by lists of a million buffers, empty ones and full ones, 1,000 times. */
#include "attempt.h"
#include "raw.h"

enum { MANY = 1000000 };

static int list[2 * MANY];

int main(void)
{
    __wasi_fd_t fd;
    int size, errors[3] = {0};
    tell("open data/file.txt", __wasi_path_open(ROOT, 0, "data/file.txt", 0, __WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_SEEK, 0, 0, &fd));
    for (int length = 0; length <= 1; length++) {
        for (int i = 0; i < MANY; i++) {
            list[2 * i] = (int)(intptr_t)"#";
            list[2 * i + 1] = length;
        }
        for (int round = 0; round < 500; round++) {
            errors[0] = fd_write(1, (int)(intptr_t)list, MANY, (int)(intptr_t)&size);
            errors[1] = fd_read((int)fd, (int)(intptr_t)list, MANY, (int)(intptr_t)&size);
            errors[2] = fd_pread((int)fd, (int)(intptr_t)list, MANY, 0, (int)(intptr_t)&size);
        }
        say(length == 0 ? "empty buffers\n" : "buffers of a byte\n");
        tell("fd_write", (__wasi_errno_t)errors[0]);
        tell("fd_read", (__wasi_errno_t)errors[1]);
        tell("fd_pread", (__wasi_errno_t)errors[2]);
    }
    tell("1,025 buffers", (__wasi_errno_t)fd_write(1, (int)(intptr_t)list, 1025, (int)(intptr_t)&size));
    return 0;
}
