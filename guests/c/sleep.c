/* Sleeps for the milliseconds of its argument inside a span, and prints how long it really took. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "observe.h"

static double now_milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: sleep MILLISECONDS\n");
        return 2;
    }
    unsigned long milliseconds = strtoul(argv[1], NULL, 10);
    struct timespec duration = {(time_t)(milliseconds / 1000), (long)(milliseconds % 1000) * 1000000};

    OBSERVE_SPAN("sleep");
    observe_span_tagf("milliseconds", "%lu", milliseconds);
    double start = now_milliseconds();
    if (nanosleep(&duration, NULL) != 0) {
        perror("sleep");
        return 1;
    }
    printf("slept %.3f ms\n", now_milliseconds() - start);
    return 0;
}
