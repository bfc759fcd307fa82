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

/* Returns the milliseconds that it took, or a negative number if it failed. */
static double sleep_for(unsigned long milliseconds)
{
    OBSERVE_SPAN("sleep");
    observe_span_tagf("milliseconds", "%lu", milliseconds);
    struct timespec duration = {(time_t)(milliseconds / 1000), (long)(milliseconds % 1000) * 1000000};
    double start = now_milliseconds();
    return nanosleep(&duration, NULL) == 0 ? now_milliseconds() - start : -1;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: sleep MILLISECONDS\n");
        return 2;
    }
    double took = sleep_for(strtoul(argv[1], NULL, 10));
    if (took < 0) {
        perror("sleep");
        return 1;
    }
    printf("slept %.3f ms\n", took);
    return 0;
}
