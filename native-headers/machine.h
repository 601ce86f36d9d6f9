/* The system as a whole: names, restarts, logs, random bytes, and the C library itself. */

/* uname */
#include <sys/utsname.h>
/* sysinfo */
#include <sys/sysinfo.h>
/* reboot; RB_* */
#include <sys/reboot.h>
/* klogctl */
#include <sys/klog.h>
/* getrandom, getentropy; GRND_* */
#include <sys/random.h>
/* syscall, sysconf, sethostname; _SC_* */
#include <unistd.h>
/* gnu_get_libc_version */
#include <gnu/libc-version.h>
/* iopl, ioperm */
#include <sys/io.h>
