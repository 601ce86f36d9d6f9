/* Processes: what each part prints is the same on every Linux. The first argument names the part. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int data = 1;
static volatile sig_atomic_t children, chldPid, chldCode, chldStatus;

static void say(const char *what, long value) { printf("%s %ld\n", what, value); fflush(stdout); }

static void status(const char *what, int st) {
  if (WIFEXITED(st)) printf("%s exited %d\n", what, WEXITSTATUS(st));
  else if (WIFSIGNALED(st)) printf("%s killed by %d\n", what, WTERMSIG(st));
  else if (WIFSTOPPED(st)) printf("%s stopped by %d\n", what, WSTOPSIG(st));
  else if (WIFCONTINUED(st)) printf("%s continued\n", what);
  fflush(stdout);
}

static void copies(void) {
  int onStack = 1, st;
  char *heap = malloc(300000);
  char *shared = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  char *gone = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  char *wiped = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  int there[2], back[2];
  char c;
  memset(heap, 'p', 300000); *shared = 'p'; *gone = 'p'; *wiped = 'p';
  madvise(gone, 4096, MADV_DONTFORK); madvise(wiped, 4096, MADV_WIPEONFORK);
  pipe(there); pipe(back);
  pid_t child = fork();
  if (child == 0) {
    unsigned char vec;
    read(there[0], &c, 1);
    say("child sees", data * 100 + onStack * 10 + (heap[299999] == 'p'));
    say("not forked", mincore(gone, 4096, &vec) == -1 && errno == ENOMEM);
    say("wiped", *wiped);
    data = 3; onStack = 3; memset(heap, 'c', 300000); *shared = 'c';
    pid_t grand = fork();
    if (grand == 0) { heap[7] = 'g'; say("grandchild sees", heap[8]); _exit(heap[7] == 'g' ? 11 : 12); }
    waitpid(grand, &st, 0); status("grandchild", st);
    say("child still sees", heap[7]);
    write(back[1], "x", 1); _exit(5);
  }
  data = 2; onStack = 2; heap[299999] = 'P';
  write(there[1], "x", 1); read(back[0], &c, 1);
  printf("parent sees %d %d %c %c %c\n", data, onStack, heap[0], heap[299999], *shared);
  waitpid(child, &st, 0); status("child", st);
}

static int entered;
static void rewritten(void) {
  unsigned char *code = mmap(0, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  int (*run)(void) = (int (*)(void))code;
  unsigned char five[] = {0xb8, 5, 0, 0, 0, 0xc3};
  memcpy(code, five, 6);
  say("before", run());
  int st, fd[2]; char c; pipe(fd);
  pid_t child = fork();
  if (child == 0) { code[1] = 6; int r = run(); read(fd[0], &c, 1); code[1] += 1; _exit(r * 10 + run()); }
  code[1] = 9; say("parent", run()); write(fd[1], "x", 1);
  waitpid(child, &st, 0); status("child", st); say("parent again", run());
  entered++;
}

static void onChild(int sig, siginfo_t *info, void *context) {
  children++; chldPid = info->si_pid; chldCode = info->si_code; chldStatus = info->si_status;
}

static void handlers(void) {
  struct sigaction act = {0};
  sigset_t chld, none;
  act.sa_sigaction = onChild; act.sa_flags = SA_SIGINFO;
  sigaction(SIGCHLD, &act, 0);
  sigemptyset(&none); sigemptyset(&chld); sigaddset(&chld, SIGCHLD); sigprocmask(SIG_BLOCK, &chld, 0);
  pid_t child = fork();
  if (child == 0) _exit(21);
  while (!children) sigsuspend(&none);
  printf("SIGCHLD %d %d %d\n", chldPid == child, chldCode, chldStatus);
  int st; waitpid(child, &st, 0); status("child", st);
  child = fork();
  if (child == 0) { signal(SIGTERM, SIG_DFL); for (;;) pause(); }
  kill(child, SIGTERM);
  while (children < 2) sigsuspend(&none);
  printf("SIGCHLD %d %d %d\n", chldPid == child, chldCode, chldStatus);
  waitpid(child, &st, 0); status("child", st);
  signal(SIGCHLD, SIG_IGN);
  if (fork() == 0) _exit(1);
  say("wait without zombies", wait(&st)); say("ECHILD", errno == ECHILD);
  act.sa_flags = SA_SIGINFO | SA_NOCLDWAIT; sigaction(SIGCHLD, &act, 0);
  if (fork() == 0) _exit(1);
  say("wait with SA_NOCLDWAIT", waitpid(-1, &st, 0)); say("ECHILD", errno == ECHILD);
}

static void orphans(void) {
  int fd[2], st; long told; pipe(fd);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  pid_t self = getpid();
  pid_t child = fork();
  if (child == 0) {
    pid_t between = getpid();
    if (fork() == 0) {
      while (getppid() == between) usleep(1000);
      told = getppid() == self; write(fd[1], &told, sizeof told); _exit(33);
    }
    _exit(3);
  }
  waitpid(child, &st, 0); status("child", st);
  read(fd[0], &told, sizeof told); say("the subreaper took it", told);
  pid_t orphan = wait(&st); say("another", orphan != child); status("orphan", st);
  prctl(PR_SET_CHILD_SUBREAPER, 0);
  child = fork();
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, 0);
    pid_t between = getpid();
    if (fork() == 0) {
      sigset_t set; int sig; sigemptyset(&set); sigaddset(&set, SIGUSR2); sigprocmask(SIG_BLOCK, &set, 0);
      prctl(PR_SET_PDEATHSIG, SIGUSR2);
      if (getppid() != between) kill(getpid(), SIGUSR2);
      write(fd[1], "r", 1); sigwait(&set, &sig); told = sig; write(fd[1], &told, sizeof told); _exit(0);
    }
    char c; read(fd[0], &c, 1); _exit(4);
  }
  waitpid(child, &st, 0); status("child", st);
  read(fd[0], &told, sizeof told); say("PR_SET_PDEATHSIG", told);
}

static void stops(void) {
  int st; siginfo_t info;
  pid_t child = fork();
  if (child == 0) { for (;;) pause(); }
  say("WNOHANG", waitpid(child, &st, WNOHANG));
  kill(child, SIGSTOP); waitpid(child, &st, WUNTRACED); status("child", st);
  kill(child, SIGCONT); waitpid(child, &st, WCONTINUED); status("child", st);
  kill(child, SIGSTOP); memset(&info, 0, sizeof info);
  say("waitid", waitid(P_PID, child, &info, WSTOPPED | WNOWAIT)); printf("%d %d\n", info.si_code, info.si_status);
  say("waitid", waitid(P_PID, child, &info, WSTOPPED)); printf("%d %d\n", info.si_code, info.si_status);
  kill(child, SIGKILL); memset(&info, 0, sizeof info);
  say("waitid", waitid(P_ALL, 0, &info, WEXITED | WNOWAIT)); printf("%d %d %d\n", info.si_signo, info.si_code, info.si_status);
  waitpid(child, &st, 0); status("child", st);
  say("nobody", waitid(P_PID, child, &info, WEXITED)); say("ECHILD", errno == ECHILD);
  say("options", waitpid(child, &st, 0x40)); say("EINVAL", errno == EINVAL);
}

static void groups(void) {
  int st, fd[2], i; char c; pipe(fd); pid_t first = 0;
  say("ESRCH", kill(-getpid() - 0x100000, 0) == -1 && errno == ESRCH);
  for (i = 0; i < 3; i++) {
    pid_t p = fork();
    if (p == 0) { setpgid(0, first); signal(SIGUSR1, SIG_DFL); write(fd[1], "r", 1); for (;;) pause(); }
    if (!first) first = p;
    setpgid(p, first);
  }
  for (i = 0; i < 3; i++) read(fd[0], &c, 1);
  say("group", getpgid(first) == first);
  kill(-first, SIGUSR1);
  for (i = 0; i < 3; i++) { waitpid(-first, &st, 0); status("member", st); }
  say("gone", waitpid(-first, &st, 0)); say("ECHILD", errno == ECHILD);
  say("no group", kill(-first, 0) == -1 && errno == ESRCH);
  pid_t p = fork();
  if (p == 0) {
    say("setsid", setsid() == getpid()); say("session", getsid(0) == getpid() && getpgrp() == getpid());
    say("again", setsid() == -1 && errno == EPERM); say("setpgid of a leader", setpgid(0, 0) == -1 && errno == EPERM);
    _exit(0);
  }
  waitpid(p, &st, 0); status("leader", st);
}

static void executed(const char *self) {
  int st, i;
  fflush(stdout);
  pid_t child = vfork();
  if (child == 0) {
    char *arguments[] = {"renamed", "told", "one two", "", 0}; char *variables[] = {"V=1", 0};
    execve(self, arguments, variables); _exit(99);
  }
  waitpid(child, &st, 0); status("vfork", st);
  child = fork();
  if (child == 0) {
    signal(SIGUSR1, SIG_IGN); signal(SIGUSR2, (void (*)(int))executed);
    sigset_t set; sigemptyset(&set); sigaddset(&set, SIGTERM); sigprocmask(SIG_BLOCK, &set, 0); raise(SIGTERM);
    int kept = open("/dev/null", O_RDONLY), closed = open("/dev/null", O_RDONLY | O_CLOEXEC); char text[32];
    snprintf(text, sizeof text, "%d,%d", kept, closed);
    execl(self, "renamed", "inherited", text, (char *)0); _exit(98);
  }
  waitpid(child, &st, 0); status("exec", st);
  say("ENOENT", execl("/no/such/file", "x", (char *)0) == -1 && errno == ENOENT);
  say("EACCES", execl("/", "x", (char *)0) == -1 && errno == EACCES);
  static char *many[200000];
  for (i = 0; i < 199999; i++) many[i] = "0123456789012345678901234567890123456789";
  say("E2BIG", execv(self, many) == -1 && errno == E2BIG);
  say("EFAULT", execv(self, (char **)8) == -1 && errno == EFAULT);
  mkdir("/tmp/trapgate-exec", 0700);
  const char *script = "/tmp/trapgate-exec/script", *bad = "/tmp/trapgate-exec/bad", *loop = "/tmp/trapgate-exec/loop";
  FILE *f = fopen(script, "w"); fprintf(f, "#! %s told a b \nrest\n", self); fclose(f); chmod(script, 0700);
  f = fopen(bad, "w"); fprintf(f, "neither\n"); fclose(f);
  say("not executable", execl(bad, "x", (char *)0) == -1 && errno == EACCES);
  chmod(bad, 0700); say("ENOEXEC", execl(bad, "x", (char *)0) == -1 && errno == ENOEXEC);
  f = fopen(loop, "w"); fprintf(f, "#!%s\n", loop); fclose(f); chmod(loop, 0700);
  say("ELOOP", execl(loop, "x", (char *)0) == -1 && errno == ELOOP);
  child = fork();
  if (child == 0) { execl(script, "dropped", "last", (char *)0); _exit(97); }
  waitpid(child, &st, 0); status("script", st);
  unlink(script); unlink(bad); unlink(loop); rmdir("/tmp/trapgate-exec");
}

static int told(int count, char **arguments, char **variables) {
  printf("told %d:", count);
  for (int i = 0; i < count; i++) printf(" <%s>", strstr(arguments[i], "/processes") ? "self" : arguments[i]);
  char *v = getenv("V"); printf(" V=%s\n", v ? v : "none");
  return 17;
}

static int inherited(const char *text) {
  int kept, closed; struct sigaction act; sigset_t set;
  sscanf(text, "%d,%d", &kept, &closed);
  say("kept", fcntl(kept, F_GETFD)); say("closed", fcntl(closed, F_GETFD) == -1);
  sigaction(SIGUSR1, 0, &act); say("ignored", act.sa_handler == SIG_IGN);
  sigaction(SIGUSR2, 0, &act); say("default", act.sa_handler == SIG_DFL);
  sigpending(&set); say("pending", sigismember(&set, SIGTERM));
  sigprocmask(SIG_BLOCK, 0, &set); say("blocked", sigismember(&set, SIGTERM));
  return 18;
}

static void pidfds(void) {
  int st; siginfo_t info;
  pid_t child = fork();
  if (child == 0) { pause(); _exit(1); }
  int fd = syscall(SYS_pidfd_open, child, 0);
  struct pollfd p = {fd, POLLIN, 0};
  say("alive", poll(&p, 1, 0));
  say("sent", syscall(SYS_pidfd_send_signal, fd, SIGTERM, 0, 0));
  say("ended", poll(&p, 1, 20000));
  memset(&info, 0, sizeof info);
  say("P_PIDFD", waitid(3, fd, &info, WEXITED)); printf("%d %d %d\n", info.si_pid == child, info.si_code, info.si_status);
  say("ESRCH", syscall(SYS_pidfd_send_signal, fd, 0, 0, 0) == -1 && errno == ESRCH);
  struct rlimit lim = {1, 1}, old;
  child = fork();
  if (child == 0) { pause(); _exit(0); }
  say("getpriority", getpriority(PRIO_PROCESS, child)); say("setpriority", setpriority(PRIO_PROCESS, child, 5));
  say("nice", getpriority(PRIO_PROCESS, child)); say("own", getpriority(PRIO_PROCESS, 0));
  say("prlimit", prlimit(child, RLIMIT_CORE, &lim, 0) == -1 ? errno : 0);
  prlimit(child, RLIMIT_NOFILE, 0, &old); say("limits", old.rlim_cur > 0);
  kill(child, SIGKILL); waitpid(child, &st, 0); status("child", st);
  (void)lim;
}

static int cloned(void *argument) { data = 44; *(int *)argument = fcntl(9, F_GETFD); return 6; }
static void clones(void) {
  int st, seen = -2; char *stack = malloc(65536);
  data = 1;
  dup2(1, 9);
  pid_t child = clone(cloned, stack + 65536, CLONE_VM | CLONE_FILES | CLONE_VFORK | SIGWINCH, &seen);
  say("shared", data); say("descriptor", seen);
  say("not by SIGCHLD", waitpid(child, &st, WNOHANG) == -1 && errno == ECHILD);
  say("__WCLONE", waitpid(child, &st, __WCLONE) == child); status("clone", st);
  (void)signal;
}

static void storm(void) {
  int i, st;
  for (i = 0; i < 100; i++) {
    pid_t child = fork();
    if (child == 0) _exit(i);
    if (waitpid(child, &st, 0) != child || WEXITSTATUS(st) != i) say("wrong", i);
  }
  int fd[2]; pipe(fd);
  for (i = 0; i < 20; i++) if (fork() == 0) { char c = 'a' + i; write(fd[1], &c, 1); _exit(0); }
  int sum = 0; char c;
  for (i = 0; i < 20; i++) { read(fd[0], &c, 1); sum += c; }
  while (wait(&st) > 0) sum += WEXITSTATUS(st);
  say("sum", sum);
}

int main(int count, char **arguments, char **variables) {
  const char *part = count > 1 ? arguments[1] : "";
  if (!strcmp(part, "copies")) copies();
  else if (!strcmp(part, "rewritten")) rewritten();
  else if (!strcmp(part, "handlers")) handlers();
  else if (!strcmp(part, "orphans")) orphans();
  else if (!strcmp(part, "stops")) stops();
  else if (!strcmp(part, "groups")) groups();
  else if (!strcmp(part, "executed")) executed(arguments[0]);
  else if (!strcmp(part, "inherited")) return inherited(arguments[2]);
  else if (!strcmp(part, "pidfds")) pidfds();
  else if (!strcmp(part, "clones")) clones();
  else if (!strcmp(part, "storm")) storm();
  else return told(count, arguments, variables);
  return 0;
}
