/* Grows its memory by the MiB of its argument, one at a time, and prints how many it was given. */
#include <stdio.h>
#include <stdlib.h>

#include "observe.h"

#define PAGES_PER_MIB 16

static unsigned long grow(unsigned long mebibytes)
{
    OBSERVE_SPAN("grow");
    observe_span_tagf("requested_mib", "%lu", mebibytes);
    unsigned long granted = 0;
    while (granted < mebibytes && __builtin_wasm_memory_grow(0, PAGES_PER_MIB) != (size_t)-1) {
        granted++;
    }
    observe_span_tagf("granted_mib", "%lu", granted);
    return granted;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: grow MEBIBYTES\n");
        return 2;
    }
    printf("grew by %lu MiB\n", grow(strtoul(argv[1], NULL, 10)));
    return 0;
}
