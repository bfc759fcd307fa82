/* Exits with the code of its argument from inside two nested spans. */
#include <stdio.h>
#include <stdlib.h>

#include "observe.h"

static void leave(int code)
{
    OBSERVE_SPAN("inner");
    observe_span_tagf("code", "%d", code);
    observe_logf(OBSERVE_INFO, "exiting with code %d", code);
    exit(code);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: exit_code CODE\n");
        return 2;
    }
    /* any of the 32-bit numbers, whether written with a sign or without */
    int code = (int)strtoul(argv[1], NULL, 10);
    OBSERVE_SPAN("outer");
    observe_span_tagf("code", "%d", code);
    leave(code);
}
