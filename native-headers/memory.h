/* Address space: mappings, protection, locking, advice, keys, other processes' memory. */

/* mmap, mprotect, mremap, mlock, madvise, memfd_create, pkeys; PROT_*, MAP_*, MADV_*, MCL_*, MFD_* */
#include <sys/mman.h>
/* MAP_* and MFD_* that glibc leaves out */
#include <linux/mman.h>
#include <linux/memfd.h>
/* process_vm_readv, process_vm_writev */
#include <sys/uio.h>
/* brk, sbrk */
#include <unistd.h>
