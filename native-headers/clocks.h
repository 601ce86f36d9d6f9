/* Clocks, timers, sleeping. */

/* clock_gettime, clock_nanosleep, timer_create; CLOCK_*, TIMER_* */
#include <time.h>
/* struct sigevent, for timer_create; SIGEV_* */
#include <signal.h>
/* gettimeofday, setitimer; ITIMER_* */
#include <sys/time.h>
/* adjtimex, clock_adjtime; ADJ_*, STA_*, TIME_* */
#include <sys/timex.h>
/* timerfd_create; TFD_* */
#include <sys/timerfd.h>
/* alarm */
#include <unistd.h>
