/* The sieve of Eratosthenes: loops over an array, hardly any calls. Gives the sum of the primes below a million, n times. */
#include <stdint.h>
#include <string.h>

enum { LIMIT = 1000000 };

static uint8_t composite[LIMIT];

static void cross_out(uint32_t prime)
{
    for (uint32_t multiple = prime * prime; multiple < LIMIT; multiple += prime) {
        composite[multiple] = 1;
    }
}

static int64_t sum_of_primes(void)
{
    memset(composite, 0, sizeof composite);
    int64_t sum = 0;
    for (uint32_t number = 2; number < LIMIT; number++) {
        if (!composite[number]) {
            sum += number;
            if (number < 1000) {
                cross_out(number);
            }
        }
    }
    return sum;
}

int64_t run(int n)
{
    int64_t sum = 0;
    for (int i = 0; i < n; i++) {
        sum += sum_of_primes();
    }
    return sum;
}
