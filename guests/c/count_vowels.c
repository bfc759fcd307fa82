/* Counts the vowels of its standard input, and shows how it does so: spans, tags, a log, metrics. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "observe.h"

#define CHUNK_SIZE (256 * 1024)

typedef struct totals {
    unsigned long long bytes;
    unsigned long long vowels;
} totals;

/* Fills the chunk as far as the input reaches: a length below CHUNK_SIZE is the input's end. */
static ssize_t read_chunk(char *chunk)
{
    OBSERVE_SPAN("read");
    size_t length = 0;
    while (length < CHUNK_SIZE) {
        ssize_t got = read(STDIN_FILENO, chunk + length, CHUNK_SIZE - length);
        if (got < 0) {
            observe_logf(OBSERVE_ERROR, "cannot read stdin: %s", strerror(errno));
            return -1;
        }
        if (got == 0) {
            break;
        }
        length += (size_t)got;
    }
    observe_span_tagf("bytes", "%zu", length);
    return (ssize_t)length;
}

static int is_vowel(char c)
{
    switch (c) {
    case 'a': case 'e': case 'i': case 'o': case 'u':
    case 'A': case 'E': case 'I': case 'O': case 'U':
        return 1;
    default:
        return 0;
    }
}

static void count_chunk(const char *chunk, size_t length, totals *totals)
{
    OBSERVE_SPAN("count");
    size_t vowels = 0;
    for (size_t i = 0; i < length; i++) {
        vowels += (size_t)is_vowel(chunk[i]);
    }
    totals->bytes += length;
    totals->vowels += vowels;
    observe_span_tagf("vowels", "%zu", vowels);
    if (length < CHUNK_SIZE) {
        observe_logf(OBSERVE_INFO, "counted %llu vowels in %llu bytes", totals->vowels, totals->bytes);
    }
}

/* Static, as a WASI program's stack is 64 KiB. */
static char chunk[CHUNK_SIZE];

static int count_vowels(totals *totals)
{
    OBSERVE_SPAN("count_vowels");
    ssize_t length;
    do {
        length = read_chunk(chunk);
        if (length < 0) {
            return -1;
        }
        count_chunk(chunk, (size_t)length, totals);
    } while (length == CHUNK_SIZE);

    observe_span_tagf("bytes", "%llu", totals->bytes);
    observe_span_tagf("vowels", "%llu", totals->vowels);
    observe_counter("vowels", (long long)totals->vowels);
    observe_gauge("input_bytes", (double)totals->bytes);
    return 0;
}

int main(void)
{
    totals totals = {0, 0};
    if (count_vowels(&totals) != 0) {
        perror("count_vowels: stdin");
        return 1;
    }
    printf("%llu\n", totals.vowels);
    if (fflush(stdout) != 0) {
        perror("count_vowels: stdout");
        return 1;
    }
    return 0;
}
