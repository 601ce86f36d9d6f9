/*
 * Structures that system calls use but no user header declares, for StructuresTest: their members as Linux 6.18 orders
 * them, in the files that structures.txt names in quotes. Written with compiler types, apart from structures.txt, so that
 * a slip in either shows.
 */
#include <stddef.h>
#include <stdint.h>

struct old_timespec32 { int32_t tv_sec, tv_nsec; };
struct old_timeval32 { int32_t tv_sec, tv_usec; };
struct old_itimerspec32 { struct old_timespec32 it_interval, it_value; };
struct old_itimerval32 { struct old_timeval32 it_interval, it_value; };
struct old_utimbuf32 { int32_t actime, modtime; };

struct ustat { int f_tfree; unsigned long f_tinode; char f_fname[6], f_fpack[6]; };
struct linux_dirent { unsigned long d_ino, d_off; unsigned short d_reclen; char d_name[]; };
struct old_linux_dirent { unsigned long d_ino, d_offset; unsigned short d_namlen; char d_name[]; };
struct linux_dirent64 { uint64_t d_ino; int64_t d_off; unsigned short d_reclen; unsigned char d_type; char d_name[]; };

struct __aio_sigset { const void *sigmask; size_t sigsetsize; };
struct sigset_argpack { void *p; size_t size; };
struct sel_arg_struct { unsigned long n; void *inp, *outp, *exp; void *tvp; };
struct mmap_arg_struct { unsigned int addr, len, prot, flags, fd, offset; };
struct getcpu_cache { unsigned long blob[128 / sizeof(long)]; };

struct sigset { unsigned long sig[64 / (8 * sizeof(long))]; };
struct sigaction { void (*sa_handler)(int); unsigned long sa_flags; void (*sa_restorer)(void); struct { unsigned long sig[64 / (8 * sizeof(long))]; } sa_mask; };
struct old_sigaction { void (*sa_handler)(int); unsigned long sa_mask, sa_flags; void (*sa_restorer)(void); };
