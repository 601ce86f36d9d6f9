/* A C library's start, and numbers printed and read with each size of floating point. */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    double read = strtod("2.5e-310", 0);
    printf("hello %g %.17g %.20Lg %a\n", 1.5, 0.1, 2 / 3.0L, read);
    return 0;
}
