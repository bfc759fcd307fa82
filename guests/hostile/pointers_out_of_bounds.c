/* Gives every function of WASI and of the Observe API pointers that are outside its memory: right behind it, at the end
   of the addresses, and so near the end that pointer and length together begin anew at 0. */
#include "attempt.h"
#include "raw.h"

/* data/file.txt, opened */
enum { OPENED = 4 };

static char room[64];
static char name[] = "data/file.txt";

static void try_all(int bad)
{
    int good = (int)(intptr_t)room;
    int path = (int)(intptr_t)name;
    int length = sizeof name - 1;
    tell("args_get", args_get(bad, bad));
    tell("args_sizes_get, first", args_sizes_get(bad, good));
    tell("args_sizes_get, second", args_sizes_get(good, bad));
    tell("environ_get", environ_get(bad, bad));
    tell("environ_sizes_get", environ_sizes_get(bad, bad));
    tell("clock_res_get", clock_res_get(0, bad));
    tell("clock_time_get", clock_time_get(0, 0, bad));
    tell("fd_fdstat_get", fd_fdstat_get(1, bad));
    tell("fd_filestat_get", fd_filestat_get(OPENED, bad));
    tell("fd_pread, list", fd_pread(OPENED, bad, 1, 0, good));
    tell("fd_prestat_get", fd_prestat_get(ROOT, bad));
    tell("fd_prestat_dir_name", fd_prestat_dir_name(ROOT, bad, 1));
    tell("fd_read, list", fd_read(OPENED, bad, 1, good));
    tell("fd_readdir, buffer", fd_readdir(ROOT, bad, 64, 0, good));
    tell("fd_seek", fd_seek(OPENED, 0, 0, bad));
    tell("fd_tell", fd_tell(OPENED, bad));
    tell("fd_write, list", fd_write(1, bad, 1, good));
    tell("path_create_directory", path_create_directory(ROOT, bad, 16));
    tell("path_filestat_get, path", path_filestat_get(ROOT, 0, bad, 16, good));
    tell("path_filestat_get, result", path_filestat_get(ROOT, 0, path, length, bad));
    tell("path_filestat_set_times", path_filestat_set_times(ROOT, 0, bad, 16, 0, 0, 0));
    tell("path_link, old", path_link(ROOT, 0, bad, 16, ROOT, path, length));
    tell("path_open, path", path_open(ROOT, 0, bad, 16, 0, 2, 0, 0, good));
    tell("path_open, result", path_open(ROOT, 0, path, length, 0, 2, 0, 0, bad));
    tell("path_readlink, path", path_readlink(ROOT, bad, 16, good, 16, good));
    tell("path_remove_directory", path_remove_directory(ROOT, bad, 16));
    tell("path_rename, old", path_rename(ROOT, bad, 16, ROOT, path, length));
    tell("path_symlink, target", path_symlink(bad, 16, ROOT, path, length));
    tell("path_unlink_file", path_unlink_file(ROOT, bad, 16));
    tell("poll_oneoff, subscriptions", poll_oneoff(bad, good, 1, good));
    tell("poll_oneoff, events", poll_oneoff(good, bad, 1, good));
    tell("random_get", random_get(bad, 16));

    /* a list that is all right, of a buffer that is not */
    int list[2] = {bad, 16};
    tell("fd_pread, buffer", fd_pread(OPENED, (int)(intptr_t)list, 1, 0, good));
    tell("fd_read, buffer", fd_read(OPENED, (int)(intptr_t)list, 1, good));
    tell("fd_write, buffer", fd_write(1, (int)(intptr_t)list, 1, good));

    span_enter(bad, 16);
    span_tags(bad, 16);
    observe_log(1, bad, 16);
    observe_metric(1, bad, 16);
    span_exit();
}

int main(void)
{
    __wasi_fd_t fd;
    tell("open data/file.txt", __wasi_path_open(ROOT, 0, "data/file.txt", 0, __WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_SEEK, 0, 0, &fd));
    int end = (int)(__builtin_wasm_memory_size(0) << 16);
    say("behind memory\n");
    try_all(end);
    say("across its end\n");
    try_all(end - 1);
    say("at the last address\n");
    try_all(-1);
    say("so that it begins anew\n");
    try_all(-8);
    return 0;
}
