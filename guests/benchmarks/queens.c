/* Counts the ways to place n queens: recursion with a little work in each call. */
#include <stdint.h>

static int is_safe(const int *columns, int row, int column)
{
    for (int above = 0; above < row; above++) {
        int distance = columns[above] - column;
        if (distance == 0 || distance == row - above || distance == above - row) {
            return 0;
        }
    }
    return 1;
}

static int64_t place(int *columns, int row, int size)
{
    if (row == size) {
        return 1;
    }
    int64_t ways = 0;
    for (int column = 0; column < size; column++) {
        if (is_safe(columns, row, column)) {
            columns[row] = column;
            ways += place(columns, row + 1, size);
        }
    }
    return ways;
}

int64_t run(int n)
{
    int columns[16];
    return place(columns, 0, n < 16 ? n : 16);
}
