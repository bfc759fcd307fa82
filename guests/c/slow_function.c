/*
 * Sorts 24 lists, one of which is far longer than the others: of two dozen calls of the same
 * function one is slow, and its tags say for which input.
 */
#include <stdint.h>
#include <stdio.h>

#include "observe.h"

#define LISTS 24
#define SLOW_LIST 16
#define SHORT_LENGTH 200
#define LONG_LENGTH 12000

static uint32_t list[LONG_LENGTH];

/* The same numbers in each run. */
static void fill(size_t length)
{
    uint32_t state = 1;
    for (size_t i = 0; i < length; i++) {
        state = state * 1664525u + 1013904223u;
        list[i] = state;
    }
}

/* By insertion: the time grows with the length's square. */
static void sort(size_t length)
{
    for (size_t i = 1; i < length; i++) {
        uint32_t moved = list[i];
        size_t at = i;
        for (; at > 0 && list[at - 1] > moved; at--) {
            list[at] = list[at - 1];
        }
        list[at] = moved;
    }
}

static uint32_t median_of_list(int number)
{
    OBSERVE_SPAN("median_of_list");
    size_t length = number == SLOW_LIST ? LONG_LENGTH : SHORT_LENGTH;
    observe_span_tagf("list", "%d", number);
    observe_span_tagf("length", "%zu", length);
    fill(length);
    sort(length);
    return list[length / 2];
}

int main(void)
{
    OBSERVE_SPAN("medians");
    uint32_t largest = 0;
    for (int number = 1; number <= LISTS; number++) {
        uint32_t median = median_of_list(number);
        largest = median > largest ? median : largest;
    }
    printf("largest median of %d lists: %u\n", LISTS, (unsigned)largest);
    return 0;
}
