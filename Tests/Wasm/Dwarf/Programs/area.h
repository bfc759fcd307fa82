/* An inlined function of a header: code of one file with lines of another. */
static inline int square(int side)
{
    return side * side;
}

int area(int side);
