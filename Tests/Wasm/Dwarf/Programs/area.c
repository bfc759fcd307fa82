#include "area.h"

int area(int side)
{
    volatile int result = square(side);
    return result;
}

/* Nobody calls it: the linker removes it, and its lines stay behind. */
int volume(int side)
{
    return area(side) * side;
}
