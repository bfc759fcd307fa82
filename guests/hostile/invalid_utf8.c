/* Gives bytes that are no UTF-8 wherever the host takes text: paths, stdout, stderr, names of spans, tags, logs, metrics. */
#include "attempt.h"
#include "observe.h"

/* lone continuation, overlong, surrogate, beyond Unicode, cut off, never valid */
static const char *const texts[] = {
    "\x80", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82", "\xff\xfe", "a:\xff,\xff:b", "\xff:1|c|#\xff:\xff",
};

int main(void)
{
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const char *text = texts[i];
        size_t length = strlen(text);
        __wasi_fd_t fd;
        __wasi_filestat_t stat;
        say(text);
        say("\n");
        tell("open", __wasi_path_open(ROOT, 0, text, 0, __WASI_RIGHTS_FD_READ, 0, 0, &fd));
        tell("create", __wasi_path_open(ROOT, 0, text, __WASI_OFLAGS_CREAT, __WASI_RIGHTS_FD_WRITE, 0, 0, &fd));
        tell("stat", __wasi_path_filestat_get(ROOT, 0, text, &stat));
        tell("rename", __wasi_path_rename(ROOT, text, ROOT, text));
        tell("symlink", __wasi_path_symlink(text, ROOT, "tmp/link"));
        observe_host_span_enter(text, length);
        observe_host_span_tags(text, length);
        observe_host_log(OBSERVE_ERROR, text, length);
        observe_host_metric(1, text, length);
        observe_host_span_exit();
        report = 2;
        say(text);
        report = 1;
    }
    return 0;
}
