/* Gives each function of WASI and of the Observe API that takes a length or a number of things a negative one. */
#include "attempt.h"
#include "raw.h"

/* data/file.txt, opened */
enum { OPENED = 4 };

static char room[64];

static void try_all(int negative)
{
    int good = (int)(intptr_t)room;
    tell("fd_pread", fd_pread(OPENED, good, negative, 0, good));
    tell("fd_pread, offset", fd_pread(OPENED, good, 0, negative, good));
    tell("fd_prestat_dir_name", fd_prestat_dir_name(ROOT, good, negative));
    tell("fd_read", fd_read(OPENED, good, negative, good));
    tell("fd_readdir", fd_readdir(ROOT, good, negative, 0, good));
    tell("fd_readdir, cookie", fd_readdir(ROOT, good, 64, negative, good));
    tell("fd_seek", fd_seek(OPENED, negative, 0, good));
    tell("fd_write", fd_write(1, good, negative, good));
    tell("path_create_directory", path_create_directory(ROOT, good, negative));
    tell("path_filestat_get", path_filestat_get(ROOT, 0, good, negative, good));
    tell("path_link", path_link(ROOT, 0, good, negative, ROOT, good, negative));
    tell("path_open", path_open(ROOT, 0, good, negative, 0, 2, 0, 0, good));
    tell("path_readlink", path_readlink(ROOT, good, negative, good, negative, good));
    tell("path_remove_directory", path_remove_directory(ROOT, good, negative));
    tell("path_rename", path_rename(ROOT, good, negative, ROOT, good, negative));
    tell("path_symlink", path_symlink(good, negative, ROOT, good, negative));
    tell("path_unlink_file", path_unlink_file(ROOT, good, negative));
    tell("poll_oneoff", poll_oneoff(good, good, negative, good));
    tell("random_get", random_get(good, negative));

    int list[2] = {good, negative};
    tell("fd_read, buffer", fd_read(OPENED, (int)(intptr_t)list, 1, good));
    tell("fd_write, buffer", fd_write(1, (int)(intptr_t)list, 1, good));

    span_enter(good, negative);
    span_tags(good, negative);
    observe_log(1, good, negative);
    observe_metric(1, good, negative);
    span_exit();
}

int main(void)
{
    __wasi_fd_t fd;
    tell("open data/file.txt", __wasi_path_open(ROOT, 0, "data/file.txt", 0, __WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_SEEK, 0, 0, &fd));
    say("-1\n");
    try_all(-1);
    say("the least\n");
    try_all((int)0x80000000);
    return 0;
}
