/* Prints, reads and computes floats of all three sizes: SSE and x87 by the library's ways. */
#include <stdio.h>
#include <stdlib.h>

static const char *const texts[] = {"1.5", "1e-320", "0x1.8p3", "3.14159265358979323846", "1e400", "nan", "-inf",
    "123456789012345678901234567890", "2.2250738585072011e-308", "1.17549434e-38", "8.5e-4932"};

static long double result;

/* What the x87 approximates is printed with fewer digits than it has: processors differ in the last bit. */
#define TOP(instruction, x) \
    do { \
        __asm__ volatile(instruction : "=t"(result) : "0"((long double)(x))); \
        printf("%s %.16Lg\n", instruction, result); \
    } while (0)
#define TWO(instruction, x, y) \
    do { \
        __asm__ volatile(instruction : "=t"(result) : "0"((long double)(x)), "u"((long double)(y)) : "st(1)"); \
        printf("%s %.16Lg\n", instruction, result); \
    } while (0)

int main(void) {
    for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++) {
        volatile double d = strtod(texts[i], 0);
        volatile float f = strtof(texts[i], 0);
        volatile long double l = strtold(texts[i], 0);
        printf("%s: %.17g %.9g %.21Lg %f %e %a %La\n", texts[i], d, f, l, d, d, d, l);
        printf("  %.17g %.17g %.9g %.9g %.21Lg %.21Lg\n", d / 3, d * d, f / 3, f * f, l / 3, l * l);
        printf("  %d %d %d %.17g\n", d < 1, f > 2, l == l, __builtin_sqrt(d < 0 ? 2 : d));
    }
    double a, b;
    int k;
    int read = sscanf("2.75 1e10 42", "%lf %lf %d", &a, &b, &k);
    printf("%d %g %g %d\n", read, a, b, k);
    volatile double large = 2e18;
    printf("%ld %lld %llu %u\n", (long)(large / 1e10), (long long)large, (unsigned long long)(large * 5), (unsigned)(large / 1e9));
    for (int i = 1; i < 6; i++) {
        long double x = i * 0.37L;
        TOP("f2xm1", x / 2);
        TOP("fsin", x * 10);
        TOP("fcos", x);
        TWO("fyl2x", x, 0.7L);
        TWO("fyl2xp1", x / 7, 3);
        TWO("fpatan", x, -0.9L);
        TOP("frndint", x * 5);
    }
    return 0;
}
