/* Programs to be measured, one for each name given as the first argument: each prints one line, the same everywhere. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static unsigned sieve(void) {
    enum { N = 10000000 };
    char *marked = calloc(N + 1, 1);
    unsigned primes = 0;
    for (unsigned i = 2; i <= N; i++) {
        if (marked[i]) continue;
        primes++;
        for (uint64_t j = (uint64_t)i * i; j <= N; j += i) marked[j] = 1;
    }
    free(marked);
    return primes;
}

static unsigned crc32(void) {
    static uint32_t table[256];
    static unsigned char block[65536];
    uint32_t crc = ~0u;
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t c = i;
        for (int k = 0; k < 8; k++) c = c & 1 ? 0xedb88320u ^ (c >> 1) : c >> 1;
        table[i] = c;
    }
    for (unsigned i = 0; i < sizeof block; i++) block[i] = (unsigned char)(i * 7 + (i >> 8));
    for (int round = 0; round < 200; round++)
        for (unsigned i = 0; i < sizeof block; i++) crc = table[(crc ^ block[i]) & 0xff] ^ (crc >> 8);
    return ~crc;
}

static unsigned __attribute__((noinline)) fib(unsigned n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
static unsigned fib32(void) { return fib(32); }

static unsigned mandelbrot(void) {
    unsigned inside = 0;
    for (int y = 0; y < 300; y++)
        for (int x = 0; x < 300; x++) {
            double cr = x / 150.0 - 1.5, ci = y / 150.0 - 1.0, r = 0, i = 0;
            int n = 0;
            while (n < 200 && r * r + i * i <= 4) {
                double t = r * r - i * i + cr;
                i = 2 * r * i + ci;
                r = t;
                n++;
            }
            inside += n == 200;
        }
    return inside;
}

static int compare(const void *a, const void *b) {
    unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;
    return x < y ? -1 : x > y;
}
static unsigned sort(void) {
    enum { N = 500000 };
    unsigned *all = malloc(N * sizeof *all), seed = 1;
    for (int i = 0; i < N; i++) all[i] = seed = seed * 1103515245u + 12345u;
    qsort(all, N, sizeof *all, compare);
    unsigned middle = all[N / 2];
    free(all);
    return middle;
}

static unsigned getppids(void) {
    unsigned same = 0;
    long first = syscall(SYS_getppid);
    for (int i = 0; i < 1000000; i++) same += syscall(SYS_getppid) == first;
    return same;
}

int main(int argc, char **argv) {
    static const struct {
        const char *name;
        unsigned (*run)(void);
    } all[] = {{"sieve", sieve}, {"crc32", crc32}, {"fib", fib32}, {"mandelbrot", mandelbrot}, {"qsort", sort},
        {"getppid", getppids}};
    for (unsigned i = 0; argc > 1 && i < sizeof all / sizeof *all; i++)
        if (strcmp(argv[1], all[i].name) == 0) {
            printf("%u\n", all[i].run());
            return 0;
        }
    return 64;
}
