/* A queue of events, each handled by the function that a table has for its kind, which may send others: indirect calls. */
#include <stdint.h>

typedef struct event {
    uint32_t kind;
    int32_t value;
} event;

typedef void (*handler)(event received);

enum { CAPACITY = 1024 };

static event queue[CAPACITY];
static uint32_t first, count;
static int64_t balance, refused;
static int32_t last_prices[64];

void send(uint32_t kind, int32_t value)
{
    if (count < CAPACITY) {
        queue[(first + count++) % CAPACITY] = (event){kind, value};
    } else {
        refused++;
    }
}

static void deposit(event received)
{
    balance += received.value;
}

static void withdraw(event received)
{
    if (balance < received.value) {
        send(4, received.value);
        return;
    }
    balance -= received.value;
}

static void price(event received)
{
    int32_t *last = &last_prices[received.value & 63];
    if (received.value > *last) {
        send(0, received.value - *last);
    }
    *last = received.value;
}

static void transfer(event received)
{
    send(1, received.value / 2);
    send(0, received.value / 3);
}

static void reject(event received)
{
    refused += received.value & 1;
}

static void settle(event received)
{
    int64_t rest = balance % (received.value + 7);
    balance -= rest;
    refused += rest > 3;
}

static const handler handlers[] = {deposit, withdraw, price, transfer, reject, settle};

static void dispatch(void)
{
    while (count > 0) {
        event next = queue[first];
        first = (first + 1) % CAPACITY;
        count--;
        handlers[next.kind](next);
    }
}

int64_t run(int n)
{
    uint32_t random = 12345;
    balance = refused = 0;
    for (int i = 0; i < n; i++) {
        random = random * 1664525 + 1013904223;
        send((random >> 16) % 6, (int32_t)(random >> 8 & 0xFFFF));
        if (i % 100 == 99) {
            dispatch();
        }
    }
    dispatch();
    return balance * 1000 + refused;
}
