/* printf(3) of integers and strings. */
#include <stdio.h>

int main(int argc, char **argv)
{
    printf("hello, %s: %d %u %x %o %c %5d|%-5d|%05d|%+d %lld %p\n", "world", -1, 42u, 0xbeef, 8, 'c', 7, 7, 7, 7,
           -1234567890123456789ll, (void *)0x1234);
    for (int i = 0; i < argc; i++)
        printf("%d %.3s\n", i, i == 0 ? "program" : argv[i]);
    char text[32];
    int length = snprintf(text, sizeof text, "%08x", 0xc0ffee);
    puts(text);
    return length;
}
