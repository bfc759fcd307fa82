/* Asks for files far longer than it may have, without writing what would be in them. */
#include "attempt.h"

/* Which errno refuses it depends on the number; what counts is that one does. */
static void expect_refusal(const char *attempt, __wasi_errno_t error)
{
    say(attempt);
    say(error == __WASI_ERRNO_SUCCESS ? "allowed\n" : "refused\n");
}

int main(void)
{
    static const uint64_t sizes[] = {1ull << 32, 1ull << 40, 1ull << 62, 1ull << 63, UINT64_MAX};
    static const char *const names[] = {"2^32", "2^40", "2^62", "2^63", "2^64 - 1"};
    __wasi_fd_t fd;
    __wasi_rights_t rights = __WASI_RIGHTS_FD_WRITE | __WASI_RIGHTS_FD_SEEK | __WASI_RIGHTS_FD_ALLOCATE
        | __WASI_RIGHTS_FD_FILESTAT_GET | __WASI_RIGHTS_FD_FILESTAT_SET_SIZE;
    tell("create tmp/huge", __wasi_path_open(ROOT, 0, "tmp/huge", __WASI_OFLAGS_CREAT, rights, 0, 0, &fd));
    __wasi_ciovec_t buffer = {(const uint8_t *)"x", 1};
    __wasi_size_t written;
    __wasi_filesize_t position;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        say(names[i]);
        say("\n");
        expect_refusal("  set its size: ", __wasi_fd_filestat_set_size(fd, sizes[i]));
        expect_refusal("  write there: ", __wasi_fd_pwrite(fd, &buffer, 1, sizes[i], &written));
        expect_refusal("  allocate: ", __wasi_fd_allocate(fd, 0, sizes[i]));
        expect_refusal("  allocate from there: ", __wasi_fd_allocate(fd, sizes[i], 1));
        /* a position may be anywhere, but nothing can be written there */
        if (__wasi_fd_seek(fd, (int64_t)sizes[i], __WASI_WHENCE_SET, &position) == __WASI_ERRNO_SUCCESS) {
            expect_refusal("  write after a seek: ", __wasi_fd_write(fd, &buffer, 1, &written));
        } else {
            say("  write after a seek: refused\n");
        }
    }
    __wasi_filestat_t stat;
    tell("stat", __wasi_fd_filestat_get(fd, &stat));
    say_number(stat.size);
    say(" bytes\n");
    return 0;
}
