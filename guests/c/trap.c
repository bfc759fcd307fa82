/*
 * Ends in a trap inside two nested spans; the argument chooses which. Built with debug information,
 * so that the trap can be shown with its file and line.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "observe.h"

/* Kept out of line, so that each has its frame on the trap's stack. */
#define FRAME static __attribute__((noinline))

/* Volatile, so that the compiler cannot see the mistake and remove it. */
static volatile int sink;

FRAME void reach_unreachable(void)
{
    __builtin_trap();
}

FRAME void divide_by_zero(void)
{
    volatile int divisor = 0;
    sink = 100 / divisor;
}

FRAME void read_out_of_bounds(void)
{
    volatile uintptr_t address = UINTPTR_MAX - 15;
    sink = *(volatile int *)address;
}

/* Ends only with the stack: the store after the call keeps it from becoming a loop. */
FRAME int recurse(int depth)
{
    int deepest = sink < 0 ? depth : recurse(depth + 1);
    sink = deepest & 1;
    return deepest;
}

FRAME void overflow_stack(void)
{
    sink = 0;
    sink = recurse(0);
}

FRAME void call_with_wrong_signature(void)
{
    double (*volatile function)(double) = (double (*)(double))(void (*)(void))recurse;
    sink = (int)function(1.0);
}

typedef struct trap {
    const char *name;
    void (*run)(void);
} trap;

static const trap traps[] = {
    {"unreachable", reach_unreachable},
    {"divide", divide_by_zero},
    {"oob", read_out_of_bounds},
    {"stack", overflow_stack},
    {"indirect", call_with_wrong_signature},
};

FRAME void inner(const trap *trap)
{
    OBSERVE_SPAN("inner");
    observe_span_tag("trap", trap->name);
    observe_logf(OBSERVE_WARN, "about to trap: %s", trap->name);
    trap->run();
}

FRAME void outer(const trap *trap)
{
    OBSERVE_SPAN("outer");
    observe_span_tag("trap", trap->name);
    inner(trap);
}

int main(int argc, char **argv)
{
    for (size_t i = 0; argc == 2 && i < sizeof traps / sizeof traps[0]; i++) {
        if (strcmp(argv[1], traps[i].name) == 0) {
            outer(&traps[i]);
        }
    }
    fprintf(stderr, "usage: trap unreachable|divide|oob|stack|indirect\n");
    return 2;
}
