/*
 * Spans, tags, logs and metrics from a WebAssembly guest to its host: the Observe API for C99 and C++11.
 * For C++17 there is observe.hpp, built on this.
 *
 *     #include "observe.h"
 *
 *     static int load(const char *path)
 *     {
 *         OBSERVE_SPAN("load");                    // ends with this function, whichever way it is left
 *         observe_span_tag("path", path);
 *         FILE *file = fopen(path, "rb");
 *         if (file == NULL) {
 *             observe_logf(OBSERVE_ERROR, "cannot open %s", path);
 *             return -1;
 *         }
 *         ...
 *
 * A module that calls these functions imports them from `dylibso:observe/api`, so it only runs on a
 * host that offers them. With OBSERVE_DISABLED defined before the include (or -DOBSERVE_DISABLED),
 * and on targets other than WebAssembly, every function is a no-op and nothing is imported.
 *
 * Nothing here allocates. Formatted text is made in OBSERVE_TEXT_MAX bytes of the stack; what does
 * not fit is cut off before the UTF-8 sequence that would be split. Text is UTF-8 and is copied by
 * the host before the call returns. What a program does not use costs it no code and no import.
 */
#ifndef OBSERVE_H
#define OBSERVE_H

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#ifndef OBSERVE_TEXT_MAX
#define OBSERVE_TEXT_MAX 1024
#endif

#if defined(__wasm__) && !defined(OBSERVE_DISABLED)
#define OBSERVE_ENABLED 1
#else
#define OBSERVE_ENABLED 0
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef enum observe_level {
    OBSERVE_ERROR = 1,
    OBSERVE_WARN = 2,
    OBSERVE_INFO = 3,
    OBSERVE_DEBUG = 4,
    OBSERVE_TRACE = 5
} observe_level;

/* ---- the host's functions ---- */

#if OBSERVE_ENABLED

#define OBSERVE_IMPORT(name) __attribute__((import_module("dylibso:observe/api"), import_name(name)))

OBSERVE_IMPORT("span-enter") void observe_host_span_enter(const char *name, size_t length);
OBSERVE_IMPORT("span-exit") void observe_host_span_exit(void);
OBSERVE_IMPORT("span-tags") void observe_host_span_tags(const char *tags, size_t length);
OBSERVE_IMPORT("log") void observe_host_log(int level, const char *text, size_t length);
OBSERVE_IMPORT("metric") void observe_host_metric(int format, const char *text, size_t length);

#undef OBSERVE_IMPORT

#else

static inline void observe_host_span_enter(const char *name, size_t length) { (void)name, (void)length; }
static inline void observe_host_span_exit(void) {}
static inline void observe_host_span_tags(const char *tags, size_t length) { (void)tags, (void)length; }
static inline void observe_host_log(int level, const char *text, size_t length)
{
    (void)level, (void)text, (void)length;
}
static inline void observe_host_metric(int format, const char *text, size_t length)
{
    (void)format, (void)text, (void)length;
}

#endif

/* ---- bounded text (not part of the interface) ---- */

typedef struct observe_text {
    size_t length;
    char bytes[OBSERVE_TEXT_MAX];
} observe_text;

/* The length without a UTF-8 sequence that was cut off at the end. */
static inline size_t observe_whole_utf8(const char *bytes, size_t length)
{
    size_t lead = length;
    while (lead > 0 && length - lead < 4) {
        unsigned char byte = (unsigned char)bytes[--lead];
        if ((byte & 0xC0) != 0x80) {
            size_t expected = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
            return length - lead < expected ? lead : length;
        }
    }
    return length; /* not UTF-8: the host replaces what it cannot read */
}

static inline void observe_text_append(observe_text *text, const char *added, size_t length)
{
    size_t room = sizeof text->bytes - text->length;
    if (length > room) {
        length = observe_whole_utf8(added, room);
    }
    memcpy(text->bytes + text->length, added, length);
    text->length += length;
}

static inline void observe_text_add(observe_text *text, const char *added)
{
    observe_text_append(text, added, strlen(added));
}

__attribute__((format(printf, 2, 0)))
static inline void observe_text_vformat(observe_text *text, const char *format, va_list arguments)
{
    size_t room = sizeof text->bytes - text->length;
    int length = vsnprintf(text->bytes + text->length, room, format, arguments);
    if (length < 0 || room == 0) {
        return; /* it cannot be formatted, or there is no room even for a byte */
    }
    text->length += (size_t)length < room
        ? (size_t)length
        : observe_whole_utf8(text->bytes + text->length, room - 1);
}

__attribute__((format(printf, 2, 3)))
static inline void observe_text_format(observe_text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    observe_text_vformat(text, format, arguments);
    va_end(arguments);
}

static inline void observe_text_replace(observe_text *text, size_t from, char old, char replacement)
{
    for (size_t i = from; i < text->length; i++) {
        if (text->bytes[i] == old) {
            text->bytes[i] = replacement;
        }
    }
}

/* A tag's key and the colon after it; returns where the value begins. */
static inline size_t observe_text_key(observe_text *text, const char *key, size_t length)
{
    text->length = 0;
    observe_text_append(text, key, length);
    observe_text_replace(text, 0, ',', '_');
    observe_text_replace(text, 0, ':', '_');
    observe_text_add(text, ":");
    return text->length;
}

static inline void observe_text_send_tag(observe_text *text, size_t value)
{
    observe_text_replace(text, value, ',', ';');
    observe_host_span_tags(text->bytes, text->length);
}

/* ---- spans ---- */

/* Opens a span inside the innermost open one. Each needs its observe_span_exit; see OBSERVE_SPAN. */
static inline void observe_span_enter(const char *name)
{
    if (OBSERVE_ENABLED) {
        observe_host_span_enter(name, strlen(name));
    }
}

/* Closes the innermost open span. */
static inline void observe_span_exit(void)
{
    observe_host_span_exit();
}

static inline char observe_span_open(const char *name)
{
    observe_span_enter(name);
    return 0;
}

static inline void observe_span_close(const char *span)
{
    (void)span;
    observe_span_exit();
}

#define OBSERVE_JOIN_(a, b) a##b
#define OBSERVE_JOIN(a, b) OBSERVE_JOIN_(a, b)

/*
 * Opens a span that is closed where the enclosing block ends: at its last line, and at a return,
 * break, continue or goto out of it. exit() and a trap close it on the host's side.
 */
#define OBSERVE_SPAN(name)                                        \
    __attribute__((cleanup(observe_span_close), unused))          \
    const char OBSERVE_JOIN(observe_span_, __LINE__) = observe_span_open(name)

/*
 * Tags the innermost open span. The API joins tags with commas and ends a key at its first colon,
 * so a comma in a value becomes a semicolon, a comma or colon in a key an underscore.
 */
static inline void observe_span_tag(const char *key, const char *value)
{
    if (OBSERVE_ENABLED) {
        observe_text text;
        size_t start = observe_text_key(&text, key, strlen(key));
        observe_text_add(&text, value);
        observe_text_send_tag(&text, start);
    }
}

/* The same with a value formatted as by printf. */
__attribute__((format(printf, 2, 3)))
static inline void observe_span_tagf(const char *key, const char *format, ...)
{
    if (OBSERVE_ENABLED) {
        observe_text text;
        size_t start = observe_text_key(&text, key, strlen(key));
        va_list arguments;
        va_start(arguments, format);
        observe_text_vformat(&text, format, arguments);
        va_end(arguments);
        observe_text_send_tag(&text, start);
    }
}

/* ---- logs ---- */

/* Writes a log record, correlated with the innermost open span. */
static inline void observe_log(observe_level level, const char *message)
{
    if (OBSERVE_ENABLED) {
        observe_host_log((int)level, message, strlen(message));
    }
}

/* The same with a message formatted as by printf. */
__attribute__((format(printf, 2, 3)))
static inline void observe_logf(observe_level level, const char *format, ...)
{
    if (OBSERVE_ENABLED) {
        observe_text text;
        text.length = 0;
        va_list arguments;
        va_start(arguments, format);
        observe_text_vformat(&text, format, arguments);
        va_end(arguments);
        observe_host_log((int)level, text.bytes, text.length);
    }
}

/* ---- metrics (a name holds no ':' and no '|') ---- */

/* Sends a line of statsd text, for kinds that have no function here. */
static inline void observe_metric(const char *statsd)
{
    if (OBSERVE_ENABLED) {
        observe_host_metric(1, statsd, strlen(statsd));
    }
}

/* Adds to a counter. */
static inline void observe_counter(const char *name, long long delta)
{
    if (OBSERVE_ENABLED) {
        observe_text text;
        text.length = 0;
        observe_text_format(&text, "%s:%lld|c", name, delta);
        observe_host_metric(1, text.bytes, text.length);
    }
}

/* Sets a gauge. */
static inline void observe_gauge(const char *name, double value)
{
    if (OBSERVE_ENABLED) {
        observe_text text;
        text.length = 0;
        observe_text_format(&text, "%s:%.15g|g", name, value);
        observe_host_metric(1, text.bytes, text.length);
    }
}

/* Records a duration, to the microsecond. */
static inline void observe_timer(const char *name, double milliseconds)
{
    if (OBSERVE_ENABLED) {
        observe_text text;
        text.length = 0;
        observe_text_format(&text, "%s:%.3f|ms", name, milliseconds);
        observe_host_metric(1, text.bytes, text.length);
    }
}

#ifdef __cplusplus
}
#endif

#endif
