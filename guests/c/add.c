/* A reactor: no _start, but functions of each kind of number for a job's entry point. */
#include <stdint.h>

#define EXPORT(name) __attribute__((export_name(name)))

/* Wraps around, as i32.add does. */
EXPORT("add") int32_t add(int32_t left, int32_t right)
{
    return (int32_t)((uint32_t)left + (uint32_t)right);
}

EXPORT("multiply") int64_t multiply(int64_t left, int64_t right)
{
    return (int64_t)((uint64_t)left * (uint64_t)right);
}

EXPORT("hypotenuse") double hypotenuse(double a, double b)
{
    return __builtin_sqrt(a * a + b * b);
}
