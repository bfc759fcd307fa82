/* Makes empty files, directories, hard links and symbolic links below /tmp until it is refused each of them. */
#include "attempt.h"

static __wasi_errno_t make(int kind, const char *path)
{
    __wasi_fd_t fd;
    __wasi_errno_t error;
    switch (kind) {
    case 0:
        error = __wasi_path_open(ROOT, 0, path, __WASI_OFLAGS_CREAT, 0, 0, 0, &fd);
        return error == __WASI_ERRNO_SUCCESS ? __wasi_fd_close(fd) : error;
    case 1: return __wasi_path_create_directory(ROOT, path);
    case 2: return __wasi_path_symlink("nowhere", ROOT, path);
    default: return __wasi_path_link(ROOT, 0, "tmp/first", ROOT, path);
    }
}

int main(void)
{
    static const char *const kinds[] = {"a file", "a directory", "a symbolic link", "a hard link"};
    char path[] = "tmp/aaaaaa";
    uint64_t count = 0;
    __wasi_errno_t error = make(0, "tmp/first");
    while (error == __WASI_ERRNO_SUCCESS && count < 100000000) {
        error = make((int)(count++ % 4), path);
        for (char *letter = path + 9; ++*letter > 'z'; letter--) {
            *letter = 'a';
        }
    }
    for (int kind = 0; kind < 4; kind++) {
        tell(kinds[kind], make(kind, "tmp/last"));
    }
    tell_count("inodes, then", count, error);
    return 0;
}
