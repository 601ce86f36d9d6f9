/* Threads: what each part prints is the same on every Linux. The first argument names the part. */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t turned = PTHREAD_COND_INITIALIZER;
static int turn, total;
static __thread int own = 7;
static __thread char block[5000];

static void *inTurn(void *argument) {
  int me = (int)(long)argument;
  for (int i = 0; i < 100; i++) {
    pthread_mutex_lock(&lock);
    while (turn != me) pthread_cond_wait(&turned, &lock);
    turn = (turn + 1) % 4; total++; own++; block[i] = me;
    pthread_cond_broadcast(&turned);
    pthread_mutex_unlock(&lock);
  }
  return (void *)(long)(own + block[99] * 1000);
}

static void *allocates(void *argument) {
  unsigned seed = (unsigned)(long)argument; char *kept[64] = {0}; long wrong = 0;
  for (int i = 0; i < 4000; i++) {
    seed = seed * 1103515245 + 12345;
    int slot = seed >> 16 & 63, size = (seed >> 8) % 3000 + 1;
    if (kept[slot]) { wrong += kept[slot][0] != (char)(long)argument; free(kept[slot]); }
    kept[slot] = malloc(size); memset(kept[slot], (int)(long)argument, size);
  }
  for (int i = 0; i < 64; i++) free(kept[i]);
  return (void *)wrong;
}

static void joined(void *(*body)(void *), int count) {
  pthread_t threads[16]; void *result; long sum = 0;
  for (long i = 0; i < count; i++) if (pthread_create(&threads[i], 0, body, (void *)i)) printf("no thread\n");
  for (int i = 0; i < count; i++) { pthread_join(threads[i], &result); sum += (long)result; }
  printf("sum %ld total %d own %d\n", sum, total, own);
}

static void *leaves(void *argument) { usleep(20000); printf("the other goes on\n"); fflush(stdout); _exit(12); }
static void *executes(void *self) { usleep(2000); execl(self, "renamed", "leader", (char *)0); return 0; }
static void *kills(void *argument) { raise(SIGABRT); return 0; }
static void *waits(void *argument) { for (;;) pause(); return 0; }

static void child(const char *what, void *(*body)(void *), void *argument) {
  int st; fflush(stdout);
  if (fork() == 0) {
    pthread_t thread;
    pthread_create(&thread, 0, waits, 0); pthread_create(&thread, 0, body, argument);
    for (;;) pause();
  }
  wait(&st);
  printf("%s %d %d\n", what, WIFEXITED(st) ? WEXITSTATUS(st) : -1, WIFSIGNALED(st) ? WTERMSIG(st) : 0);
}

static void shared(void) {
  struct { pthread_mutex_t lock; pthread_mutex_t robust; sem_t done; int count; } *both =
      mmap(0, sizeof *both, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pthread_mutexattr_t attributes; int st;
  pthread_mutexattr_init(&attributes); pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  pthread_mutex_init(&both->lock, &attributes);
  pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST); pthread_mutex_init(&both->robust, &attributes);
  sem_init(&both->done, 1, 0);
  for (int i = 0; i < 4; i++) if (fork() == 0) {
    for (int k = 0; k < 200; k++) { pthread_mutex_lock(&both->lock); both->count++; pthread_mutex_unlock(&both->lock); }
    sem_post(&both->done); _exit(0);
  }
  for (int i = 0; i < 4; i++) sem_wait(&both->done);
  printf("counted %d\n", both->count);
  while (wait(&st) > 0) {}
  if (fork() == 0) { pthread_mutex_lock(&both->robust); _exit(0); }
  wait(&st);
  printf("owner died %d\n", pthread_mutex_lock(&both->robust) == EOWNERDEAD);
}

int main(int count, char **arguments) {
  const char *part = count > 1 ? arguments[1] : "";
  if (!strcmp(part, "turns")) joined(inTurn, 4);
  else if (!strcmp(part, "malloc")) joined(allocates, 8);
  else if (!strcmp(part, "shared")) shared();
  else if (!strcmp(part, "leader")) { printf("leader %d\n", getpid() == (pid_t)syscall(SYS_gettid)); return 19; }
  else if (!strcmp(part, "left")) { pthread_t thread; pthread_create(&thread, 0, leaves, 0); pthread_exit(0); }
  else {
    child("exec", executes, arguments[0]);
    child("exit", leaves, 0);
    child("abort", kills, 0);
  }
  return 0;
}
