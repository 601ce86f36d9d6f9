/* Mounting, swapping, roots. */

/* mount, umount2, the fsopen family; MS_*, MNT_*, MOUNT_ATTR_* */
#include <sys/mount.h>
/* swapon, swapoff */
#include <sys/swap.h>
/* chroot, acct, sync */
#include <unistd.h>
