/* Tries to get out of its tree, and to keep the host busy, by symbolic links below /tmp, which it may write to. */
#include "attempt.h"

static __wasi_errno_t try_open(__wasi_fd_t at, const char *path, __wasi_oflags_t how, __wasi_rights_t rights)
{
    __wasi_fd_t fd;
    __wasi_errno_t error = __wasi_path_open(at, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, path, how, rights, rights, 0, &fd);
    if (error == __WASI_ERRNO_SUCCESS) {
        error = __wasi_fd_close(fd);
    }
    return error;
}

static void read_at(__wasi_fd_t at, const char *attempt, const char *path)
{
    tell(attempt, try_open(at, path, 0, __WASI_RIGHTS_FD_READ));
}

static void create_at(__wasi_fd_t at, const char *attempt, const char *path)
{
    tell(attempt, try_open(at, path, __WASI_OFLAGS_CREAT, __WASI_RIGHTS_FD_WRITE));
}

static void link_to(const char *attempt, const char *target, const char *path)
{
    tell(attempt, __wasi_path_symlink(target, ROOT, path));
}

int main(void)
{
    __wasi_filestat_t stat;

    link_to("tmp/absolute to /etc", "/etc", "tmp/absolute");
    read_at(ROOT, "open tmp/absolute/passwd", "tmp/absolute/passwd");
    link_to("tmp/root to /", "/", "tmp/root");
    read_at(ROOT, "open tmp/root/data/file.txt", "tmp/root/data/file.txt");

    link_to("tmp/up to ../..", "../..", "tmp/up");
    read_at(ROOT, "open tmp/up", "tmp/up");
    read_at(ROOT, "open tmp/up/etc/passwd", "tmp/up/etc/passwd");
    create_at(ROOT, "create tmp/up/new", "tmp/up/new");
    tell("mkdir tmp/up/new", __wasi_path_create_directory(ROOT, "tmp/up/new"));
    tell("unlink tmp/up/etc/passwd", __wasi_path_unlink_file(ROOT, "tmp/up/etc/passwd"));
    tell("stat tmp/up, followed", __wasi_path_filestat_get(ROOT, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, "tmp/up", &stat));
    tell("stat tmp/up, not followed", __wasi_path_filestat_get(ROOT, 0, "tmp/up", &stat));
    tell("rename tmp/up/etc to tmp/etc", __wasi_path_rename(ROOT, "tmp/up/etc", ROOT, "tmp/etc"));
    tell("link tmp/up/etc/passwd to tmp/passwd", __wasi_path_link(ROOT, 0, "tmp/up/etc/passwd", ROOT, "tmp/passwd"));
    tell("set times of tmp/up, followed", __wasi_path_filestat_set_times(ROOT, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, "tmp/up", 0, 0,
        __WASI_FSTFLAGS_MTIM_NOW));

    link_to("tmp/deep to ../../../../../../etc/passwd", "../../../../../../etc/passwd", "tmp/deep");
    read_at(ROOT, "open tmp/deep", "tmp/deep");
    link_to("tmp/new to ../../new", "../../new", "tmp/new");
    create_at(ROOT, "create tmp/new through the link", "tmp/new");
    link_to("tmp/zigzag to ../data/../../etc/passwd", "../data/../../etc/passwd", "tmp/zigzag");
    read_at(ROOT, "open tmp/zigzag", "tmp/zigzag");

    /* inside the tree a link may lead up */
    link_to("tmp/top to ..", "..", "tmp/top");
    read_at(ROOT, "open tmp/top/data/file.txt", "tmp/top/data/file.txt");
    read_at(ROOT, "open tmp/top/tmp/top/tmp/top/data/file.txt", "tmp/top/tmp/top/tmp/top/data/file.txt");
    read_at(ROOT, "open tmp/top/..", "tmp/top/..");
    create_at(ROOT, "create tmp/top/new", "tmp/top/../new");

    /* but not out of the directory that it is opened from */
    __wasi_fd_t tmp;
    tell("open tmp as a directory",
        __wasi_path_open(ROOT, 0, "tmp", __WASI_OFLAGS_DIRECTORY, __WASI_RIGHTS_PATH_OPEN, __WASI_RIGHTS_FD_READ, 0, &tmp));
    read_at(tmp, "from tmp, open top/data/file.txt", "top/data/file.txt");

    link_to("tmp/self to self", "self", "tmp/self");
    read_at(ROOT, "open tmp/self", "tmp/self");
    link_to("tmp/ping to pong", "pong", "tmp/ping");
    link_to("tmp/pong to ping", "ping", "tmp/pong");
    read_at(ROOT, "open tmp/ping", "tmp/ping");
    read_at(ROOT, "open tmp/ping/file", "tmp/ping/file");

    /* l00 to l01, l01 to l02, ... */
    char path[] = "tmp/l00", target[] = "l00";
    __wasi_errno_t error = __WASI_ERRNO_SUCCESS;
    for (int i = 0; i < 99 && error == __WASI_ERRNO_SUCCESS; i++) {
        path[5] = (char)('0' + i / 10), path[6] = (char)('0' + i % 10);
        target[1] = (char)('0' + (i + 1) / 10), target[2] = (char)('0' + (i + 1) % 10);
        error = __wasi_path_symlink(target, ROOT, path);
    }
    tell("a chain of 99 links", error);
    create_at(ROOT, "create at its end", "tmp/l99");
    read_at(ROOT, "open it by 10 links", "tmp/l89");
    read_at(ROOT, "open it by 99 links", "tmp/l00");

    /* each name of the path is two links: what is not counted takes 2^30 steps */
    error = __wasi_path_symlink(".", ROOT, "tmp/d00");
    for (int i = 1; i < 30 && error == __WASI_ERRNO_SUCCESS; i++) {
        char twice[] = "d00/d00";
        twice[1] = twice[5] = (char)('0' + (i - 1) / 10), twice[2] = twice[6] = (char)('0' + (i - 1) % 10);
        char name[] = "tmp/d00";
        name[5] = (char)('0' + i / 10), name[6] = (char)('0' + i % 10);
        error = __wasi_path_symlink(twice, ROOT, name);
    }
    tell("30 links, each of the one before twice", error);
    read_at(ROOT, "open the last", "tmp/d29");

    link_to("an empty target", "", "tmp/empty");
    link_to("data/link, where nothing may be written", "file.txt", "data/link");
    link_to("../link", "file.txt", "../link");
    return 0;
}
