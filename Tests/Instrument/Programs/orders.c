/*
 * The same functions twice: with BY_HAND each opens a span of its name, without it the instrumenter reports them. Recursion,
 * early returns, a loop, a call through a pointer.
 */
#ifdef BY_HAND
#include "observe.h"
#define SPAN OBSERVE_SPAN(__func__)
#else
#define SPAN
#endif
#define FUNCTION __attribute__((noinline))

static volatile int sink;

FUNCTION int tax(int price)
{
    SPAN;
    if (price < 100) {
        return 0;
    }
    sink = price;
    return price / 5;
}

FUNCTION int discount(int price)
{
    SPAN;
    sink = price;
    return price / 10;
}

FUNCTION int parts(int depth)
{
    SPAN;
    int count = 1;
    for (int i = 0; i < depth; i++) {
        count += parts(depth - 1 - i);
    }
    return count;
}

FUNCTION int order(int price, int (*volatile change)(int))
{
    SPAN;
    return price + change(price) + parts(price % 3);
}

__attribute__((export_name("run"))) void run(void)
{
    SPAN;
    sink = order(50, tax) + order(101, tax) + order(200, discount);
}
