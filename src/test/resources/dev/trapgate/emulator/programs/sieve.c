/* Primes below a bound, by the sieve of Eratosthenes. */
#include "start.h"

#ifndef BOUND
#define BOUND 10000000
#endif

static u8 composite[BOUND + 1];

int run(int argc, char **argv, char **envp)
{
    int primes = 0;
    (void)argc;
    (void)argv;
    (void)envp;
    for (int i = 2; i <= BOUND; i++) {
        if (composite[i])
            continue;
        primes++;
        for (s64 j = (s64)i * i; j <= BOUND; j += i)
            composite[j] = 1;
    }
    decimal(primes);
    put('\n');
    return 0;
}
