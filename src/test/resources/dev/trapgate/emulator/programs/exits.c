/* exit(3) calls the handlers that atexit(3) was given, the last one first; the bare call does not. */
#include "start.h"

static void (*handlers[4])(void);
static int count;

static void at_exit(void (*handler)(void))
{
    handlers[count++] = handler;
}

static void ends(int status)
{
    while (count > 0)
        handlers[--count]();
    flush();
    call3(NR_exit, status, 0, 0);
}

static void first(void)
{
    text("the handler that came first\n");
}

static void second(void)
{
    text("the handler that came last\n");
}

int run(int argc, char **argv, char **envp)
{
    at_exit(first);
    at_exit(second);
    text("before\n");
    flush();
    if (argc > 1)
        call3(NR_exit, 41, 0, 0);
    ends(42);
    return 1;
}
