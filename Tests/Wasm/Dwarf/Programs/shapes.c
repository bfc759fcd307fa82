#include <stdio.h>

#include "area.h"

__attribute__((noinline)) int perimeter(int side)
{
    volatile int result = 4 * side;
    return result;
}

int main(int argc, char **argv)
{
    (void)argv;
    printf("%d %d %d\n", area(argc), perimeter(argc), square(argc));
    return 0;
}
