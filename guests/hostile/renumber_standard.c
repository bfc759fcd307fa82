/* Moves its standard descriptors onto each other and onto its root, and uses what is there afterwards. */
#include "attempt.h"

static __wasi_errno_t write_to(__wasi_fd_t fd)
{
    __wasi_ciovec_t buffer = {(const uint8_t *)"(to stdout) ", 12};
    __wasi_size_t written;
    return __wasi_fd_write(fd, &buffer, 1, &written);
}

static __wasi_errno_t read_from(__wasi_fd_t fd)
{
    uint8_t byte;
    __wasi_iovec_t buffer = {&byte, 1};
    __wasi_size_t read;
    return __wasi_fd_read(fd, &buffer, 1, &read);
}

int main(void)
{
    report = 2;
    __wasi_prestat_t prestat;
    tell("1 to 1", __wasi_fd_renumber(1, 1));
    tell("1 to 99", __wasi_fd_renumber(1, 99));
    tell("99 to 1", __wasi_fd_renumber(99, 1));
    tell("-1 to 1", __wasi_fd_renumber(-1, 1));
    tell("1 to -1", __wasi_fd_renumber(1, -1));
    tell("write to 1", write_to(1));
    tell("1 to 0", __wasi_fd_renumber(1, 0));
    tell("write to 1", write_to(1));
    tell("write to 0", write_to(0));
    tell("read from 0", read_from(0));
    tell("3 to 0", __wasi_fd_renumber(ROOT, 0));
    tell("write to 0", write_to(0));
    tell("prestat of 0", __wasi_fd_prestat_get(0, &prestat));
    tell("prestat of 3", __wasi_fd_prestat_get(ROOT, &prestat));
    __wasi_fd_t fd;
    __wasi_errno_t error = __wasi_path_open(0, 0, "data/file.txt", 0, __WASI_RIGHTS_FD_READ, 0, 0, &fd);
    tell("open data/file.txt from 0", error);
    say("its number: ");
    say_number(fd);
    say("\n");
    tell("it to 2", __wasi_fd_renumber(fd, 2));
    /* it goes nowhere, since 2 is a file to read now: the exit code tells that this was reached */
    tell("write to 2", write_to(2));
    return read_from(2) == __WASI_ERRNO_SUCCESS && write_to(2) != __WASI_ERRNO_SUCCESS ? 42 : 1;
}
