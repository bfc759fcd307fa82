/* The functions of WASI with numbers for pointers: for programs whose pointers are none. */
#ifndef RAW_H
#define RAW_H

#include <stdint.h>

#define WASI(name, ...) __attribute__((import_module("wasi_snapshot_preview1"), import_name(#name))) int name(__VA_ARGS__)

WASI(args_get, int, int);
WASI(args_sizes_get, int, int);
WASI(environ_get, int, int);
WASI(environ_sizes_get, int, int);
WASI(clock_res_get, int, int);
WASI(clock_time_get, int, int64_t, int);
WASI(fd_fdstat_get, int, int);
WASI(fd_filestat_get, int, int);
WASI(fd_pread, int, int, int, int64_t, int);
WASI(fd_prestat_dir_name, int, int, int);
WASI(fd_prestat_get, int, int);
WASI(fd_pwrite, int, int, int, int64_t, int);
WASI(fd_read, int, int, int, int);
WASI(fd_readdir, int, int, int, int64_t, int);
WASI(fd_seek, int, int64_t, int, int);
WASI(fd_tell, int, int);
WASI(fd_write, int, int, int, int);
WASI(path_create_directory, int, int, int);
WASI(path_filestat_get, int, int, int, int, int);
WASI(path_filestat_set_times, int, int, int, int, int64_t, int64_t, int);
WASI(path_link, int, int, int, int, int, int, int);
WASI(path_open, int, int, int, int, int, int64_t, int64_t, int, int);
WASI(path_readlink, int, int, int, int, int, int);
WASI(path_remove_directory, int, int, int);
WASI(path_rename, int, int, int, int, int, int);
WASI(path_symlink, int, int, int, int, int);
WASI(path_unlink_file, int, int, int);
WASI(poll_oneoff, int, int, int, int);
WASI(random_get, int, int);

#define OBSERVE(name, import, ...) __attribute__((import_module("dylibso:observe/api"), import_name(import))) void name(__VA_ARGS__)

OBSERVE(span_enter, "span-enter", int, int);
OBSERVE(span_exit, "span-exit", void);
OBSERVE(span_tags, "span-tags", int, int);
OBSERVE(observe_log, "log", int, int, int);
OBSERVE(observe_metric, "metric", int, int, int);

#endif
