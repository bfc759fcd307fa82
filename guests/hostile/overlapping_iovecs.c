/* Reads and writes by lists of buffers that overlap each other, the list itself and the result; data/file.txt begins with
   "content". */
#include "attempt.h"
#include "raw.h"

static int at(const void *pointer)
{
    return (int)(intptr_t)pointer;
}

int main(void)
{
    __wasi_fd_t fd;
    char text[9] = "........";
    int size = 0;
    tell("open data/file.txt", __wasi_path_open(ROOT, 0, "data/file.txt", 0, __WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_SEEK, 0, 0, &fd));

    /* four buffers, each a byte after the one before: the last to be read wins */
    int overlapping[8] = {at(text), 4, at(text + 1), 4, at(text + 2), 4, at(text + 3), 4};
    tell("read into four buffers of 4", fd_read((int)fd, at(overlapping), 4, at(&size)));
    say_number((uint64_t)size);
    say(" bytes, ");
    say(text);
    say("\n");

    /* the list is overwritten by what it reads */
    int itself[4] = {at(itself), 16, at(itself), 16};
    tell("read into the list itself", fd_pread((int)fd, at(itself), 2, 0, at(&size)));
    int half[4] = {at(half + 2), 8, at(text), 4};
    tell("read into the list's second half", fd_pread((int)fd, at(half), 2, 0, at(&size)));

    /* the result lies in the list, and in the buffer */
    int result[2] = {at(text), 4};
    tell("result in the list", fd_pread((int)fd, at(result), 1, 0, at(result)));
    say_number((uint64_t)result[0]);
    say(" bytes\n");
    int buffer[4] = {at(buffer + 2), 8, 0, 0};
    tell("result in the buffer", fd_pread((int)fd, at(buffer), 1, 0, at(buffer + 2)));
    say_number((uint64_t)buffer[2]);
    say(" bytes\n");

    /* the same buffer a thousand times */
    static int same[2048];
    for (int i = 0; i < 1024; i++) {
        same[2 * i] = at("=");
        same[2 * i + 1] = 1;
    }
    tell("\nwrite one byte 1,024 times", fd_write(1, at(same), 1024, at(&size)));
    say_number((uint64_t)size);
    say(" bytes\n");

    /* all of memory a thousand times: more than 4 GiB together */
    for (int i = 0; i < 1024; i++) {
        same[2 * i] = 0;
        same[2 * i + 1] = (int)(__builtin_wasm_memory_size(0) << 16);
    }
    tell("read all of memory over", fd_pread((int)fd, at(same), 1024, 1 << 20, at(&size)));
    say_number((uint64_t)size);
    say(" bytes\n");
    return 0;
}
