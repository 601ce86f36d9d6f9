/* Waiting for events. */

/* poll, ppoll; POLL* */
#include <poll.h>
/* select, pselect; FD_SETSIZE */
#include <sys/select.h>
/* epoll; EPOLL* */
#include <sys/epoll.h>
/* eventfd; EFD_* */
#include <sys/eventfd.h>
/* inotify; IN_* */
#include <sys/inotify.h>
/* fanotify; FAN_* */
#include <sys/fanotify.h>
