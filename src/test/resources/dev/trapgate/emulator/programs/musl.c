/* What programs do with a C library: start-up, strings, the heap, sorting, atexit(3), write(2); no printf(3). */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void say(const char *text)
{
    write(1, text, strlen(text));
}

static void number(const char *name, long value)
{
    char digits[24], *at = digits + sizeof digits - 1;
    unsigned long rest = value < 0 ? -(unsigned long)value : (unsigned long)value;
    *at = 0;
    do
        *--at = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0)
        *--at = '-';
    say(name);
    say(" = ");
    say(at);
    say("\n");
}

static void last(void)
{
    say("a handler of atexit\n");
}

static int ascending(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

static unsigned fibonacci(unsigned n)
{
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

int main(int argc, char **argv, char **envp)
{
    atexit(last);
    number("argc", argc);
    for (int i = 1; i < argc; i++) {
        say(argv[i]);
        say("\n");
    }
    number("fibonacci", fibonacci(20));

    int *values = malloc(5000 * sizeof *values);
    uint32_t seed = 7;
    for (int i = 0; i < 5000; i++)
        values[i] = (int)((seed = seed * 1664525 + 1013904223) >> 8);
    qsort(values, 5000, sizeof *values, ascending);
    number("least", values[0]);
    number("middle", values[2500]);
    number("greatest", values[4999]);
    values = realloc(values, 50000 * sizeof *values);
    number("kept", values[4999]);
    free(values);

    char text[64];
    strcpy(text, "one,two;three");
    for (char *word = strtok(text, ",;"); word; word = strtok(0, ",;"))
        number(word, (long)strlen(word));
    number("strtol", strtol("-0x7fAb", 0, 16));
    number("strcmp", strcmp("abc", "abd") < 0);
    number("memchr", (char *)memchr("needle", 'd', 6) != 0);
    number("getenv", getenv("LANG") && !strcmp(getenv("LANG"), "C"));

    number("open", open("/no/such/file", O_RDONLY));
    number("errno is ENOENT", errno == ENOENT);
    number("getpid is positive", getpid() > 0);
    struct stat st;
    number("fstat", fstat(1, &st));
    if (argc > 2)
        _exit(41);
    return 42;
}
