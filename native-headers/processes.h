/* Processes and threads: identity, scheduling, limits, waiting, namespaces, tracing. */

/* getpid, setuid, setsid, pause and the other identities */
#include <unistd.h>
/* setfsuid, setfsgid */
#include <sys/fsuid.h>
/* setgroups */
#include <grp.h>
/* waitid, wait4; W*, P_* */
#include <sys/wait.h>
/* getrlimit, prlimit, getrusage, getpriority; RLIMIT_*, RUSAGE_*, PRIO_* */
#include <sys/resource.h>
/* times */
#include <sys/times.h>
/* the scheduler, unshare, setns, getcpu; SCHED_* */
#include <sched.h>
/* clone3's arguments; CLONE_* */
#include <linux/sched.h>
/* prctl, arch_prctl; PR_*, ARCH_* */
#include <sys/prctl.h>
#include <asm/prctl.h>
/* personality */
#include <sys/personality.h>
/* pidfd_open, pidfd_getfd, pidfd_send_signal */
#include <sys/pidfd.h>
/* process_madvise, process_mrelease */
#include <sys/mman.h>
/* ptrace's requests; PTRACE_* */
#include <sys/ptrace.h>
/* exit */
#include <stdlib.h>
/* pthread_self */
#include <pthread.h>
