/*
 * Never ends. It prints a line once its span is open, so that who waits for the line knows that the
 * loop is next.
 */
#include <stdio.h>

#include "observe.h"

int main(void)
{
    OBSERVE_SPAN("spin");
    observe_span_tag("ends", "never");
    puts("spinning");
    fflush(stdout);
    for (volatile unsigned turns = 0;; turns++) {
    }
}
