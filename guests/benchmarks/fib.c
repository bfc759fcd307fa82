/* Recursion with next to no work in a call: the worst that can be done to an instrumenter. */
static int fib(int n)
{
    return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

long long run(int n)
{
    return fib(n);
}
