/* Signals. */

/* kill, sigaction, sigprocmask, sigqueue, sigaltstack; SIG*, SA_*, SI_* */
#include <signal.h>
/* signalfd; SFD_* */
#include <sys/signalfd.h>
/* alarm, pause */
#include <unistd.h>
