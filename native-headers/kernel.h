/* Kernel interfaces for which glibc has no header of its own. */

/* openat2; RESOLVE_* */
#include <linux/openat2.h>
/* reflinks, seals, block devices; FICLONE, FS_IOC_*, BLK* */
#include <linux/fs.h>
/* io_uring; IORING_* */
#include <linux/io_uring.h>
/* Landlock; LANDLOCK_ACCESS_* */
#include <linux/landlock.h>
/* seccomp and its programs; SECCOMP_*, BPF_* */
#include <linux/seccomp.h>
#include <linux/filter.h>
#include <linux/audit.h>
/* perf_event_open; PERF_* */
#include <linux/perf_event.h>
/* futex, futex_waitv; FUTEX_* */
#include <linux/futex.h>
/* membarrier; MEMBARRIER_* */
#include <linux/membarrier.h>
/* kcmp; KCMP_* */
#include <linux/kcmp.h>
/* restartable sequences; RSEQ_* */
#include <linux/rseq.h>
/* capget, capset; CAP_* */
#include <linux/capability.h>
/* sched_setattr */
#include <linux/sched/types.h>
/* memory policies; MPOL_* */
#include <linux/mempolicy.h>
