/*
 * What the programs here tell: a line for each attempt, with the name of the errno that it was answered with, as WASI's
 * specification spells it. WASI is called without a libc in between, which would refuse much by itself.
 */
#ifndef ATTEMPT_H
#define ATTEMPT_H

#include <stdint.h>
#include <string.h>
#include <wasi/api.h>

/* The descriptor of the one preopened directory, `/`. */
enum { ROOT = 3 };

static const char *const errno_names[] = {
    "success", "2big", "acces", "addrinuse", "addrnotavail", "afnosupport", "again", "already", "badf", "badmsg", "busy",
    "canceled", "child", "connaborted", "connrefused", "connreset", "deadlk", "destaddrreq", "dom", "dquot", "exist",
    "fault", "fbig", "hostunreach", "idrm", "ilseq", "inprogress", "intr", "inval", "io", "isconn", "isdir", "loop",
    "mfile", "mlink", "msgsize", "multihop", "nametoolong", "netdown", "netreset", "netunreach", "nfile", "nobufs",
    "nodev", "noent", "noexec", "nolck", "nolink", "nomem", "nomsg", "noprotoopt", "nospc", "nosys", "notconn", "notdir",
    "notempty", "notrecoverable", "notsock", "notsup", "notty", "nxio", "overflow", "ownerdead", "perm", "pipe", "proto",
    "protonosupport", "prototype", "range", "rofs", "spipe", "srch", "stale", "timedout", "txtbsy", "xdev", "notcapable",
};

/* Where the lines go: stdout, unless a program is about to lose it. */
static __wasi_fd_t report = 1;

static inline void say(const char *text)
{
    __wasi_ciovec_t buffer = {(const uint8_t *)text, strlen(text)};
    __wasi_size_t written;
    (void)!__wasi_fd_write(report, &buffer, 1, &written);
}

static inline void say_number(uint64_t number)
{
    char digits[21];
    char *first = digits + sizeof digits - 1;
    *first = '\0';
    do {
        *--first = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    say(first);
}

static inline __wasi_errno_t tell(const char *attempt, __wasi_errno_t error)
{
    say(attempt);
    say(": ");
    say(error < sizeof errno_names / sizeof errno_names[0] ? errno_names[error] : "an errno that does not exist");
    say("\n");
    return error;
}

/* Tells how often something was done before it was refused. */
static inline void tell_count(const char *what, uint64_t count, __wasi_errno_t error)
{
    say_number(count);
    say(" ");
    tell(what, error);
}

#endif
