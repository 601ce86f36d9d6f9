/* Programs that want too much. The first argument names the kind. */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void *waits(void *argument) { for (;;) pause(); return 0; }
static volatile sig_atomic_t caught;
static void catches(int sig) { caught++; }

int main(int count, char **arguments) {
  const char *kind = arguments[1];
  if (!strcmp(kind, "fork")) {
    for (;;) if (fork() < 0 && errno != EAGAIN) return 1;
  } else if (!strcmp(kind, "threads")) {
    pthread_t thread; pthread_attr_t small; int i;
    pthread_attr_init(&small); pthread_attr_setstacksize(&small, 16384 * 2);
    for (i = 0; i < 10000; i++) if (pthread_create(&thread, &small, waits, 0)) break;
    printf("%s after %s\n", i < 10000 ? "EAGAIN" : "never", i > 50 ? "many" : "few");
    return i < 10000 ? 3 : 4;
  } else if (!strcmp(kind, "exec")) {
    int n = atoi(arguments[2]); char next[16];
    if (n == 0) { printf("done\n"); return 5; }
    snprintf(next, sizeof next, "%d", n - 1); execl(arguments[0], arguments[0], "exec", next, (char *)0);
    return 6;
  } else if (!strcmp(kind, "signals")) {
    int st, i; signal(SIGUSR1, catches);
    pid_t child = fork();
    if (child == 0) { for (i = 0; i < 20000; i++) kill(getppid(), SIGUSR1); _exit(2); }
    while (waitpid(child, &st, 0) != child) {}
    printf("%s %d\n", caught > 0 ? "caught" : "none", WEXITSTATUS(st));
    return 7;
  } else if (!strcmp(kind, "memory")) {
    int st; for (int i = 0; i < 8; i++) if (fork() == 0) { char *p = malloc(64 << 20); memset(p, 1, 64 << 20); pause(); }
    int killed = 0; while (killed == 0 && wait(&st) > 0) killed += WIFSIGNALED(st) && WTERMSIG(st) == SIGKILL;
    printf("killed %d\n", killed); return 8;
  } else if (!strcmp(kind, "orphans")) {
    for (int i = 0; i < 20; i++) if (fork() == 0) { if (fork() == 0) for (;;) {} for (;;) pause(); }
    return 9;
  }
  return 0;
}
