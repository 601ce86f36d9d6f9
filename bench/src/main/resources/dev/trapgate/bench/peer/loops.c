/*
 * The C that Java is measured against: each function makes one call `count` times, in a loop, and answers what the
 * last one answered. It runs inside the JVM's process, for a process with threads pays more for a call than one
 * without.
 *
 * Compiled on the spot with -O2 -falign-loops=64, so that where a loop happens to fall does not count.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <spawn.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* System V psABI, appendix A.2.1: the instruction overwrites rcx and r11. */
static inline long by_syscall(long number, long a1, long a2, long a3)
{
	long result;
	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a1), "S"(a2), "d"(a3)
			 : "rcx", "r11", "memory");
	return result;
}

static inline long by_syscall6(long number, long a1, long a2, long a3, long a4, long a5, long a6)
{
	register long r10 __asm__("r10") = a4;
	register long r8 __asm__("r8") = a5;
	register long r9 __asm__("r9") = a6;
	long result;
	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a1), "S"(a2), "d"(a3), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
}

/* Kernels before 4.17 zero r8 to r11 on int $0x80 from 64-bit code. */
static inline long by_int80(long number, long a1, long a2, long a3)
{
	long result;
	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(number), "b"(a1), "c"(a2), "d"(a3)
			 : "r8", "r9", "r10", "r11", "memory");
	return (int)result;
}

static inline long by_int80_6(long number, long a1, long a2, long a3, long a4, long a5, long a6)
{
	long result;
	__asm__ volatile("lea -128(%%rsp), %%rsp\n\t" /* the red zone */
			 "push %%rbp\n\tmov %7, %%rbp\n\tint $0x80\n\tpop %%rbp\n\t"
			 "lea 128(%%rsp), %%rsp"
			 : "=a"(result)
			 : "a"(number), "b"(a1), "c"(a2), "d"(a3), "S"(a4), "D"(a5), "r"(a6)
			 : "r8", "r9", "r10", "r11", "memory");
	return (int)result;
}

/* asm/unistd_32.h */
enum {
	I386_read = 3,
	I386_write = 4,
	I386_close = 6,
	I386_time = 13,
	I386_getpid = 20,
	I386_getppid = 64,
	I386_gettimeofday = 78,
	I386_munmap = 91,
	I386_mmap2 = 192,
	I386_fstat64 = 197,
	I386_futex = 240,
	I386_epoll_wait = 256,
	I386_clock_gettime = 265,
	I386_openat = 295,
	I386_getcpu = 318,
	I386_getrandom = 355,
	I386_statx = 383,
};

#define LOOP(name, call)                                            \
	long name(long count, long fd, char *buffer)                \
	{                                                           \
		long result;                                        \
		do                                                  \
			result = (call);                            \
		while (--count);                                    \
		return result;                                      \
	}

/* By pointer, or the compiler would find out that there is nothing to call. */
static long nothing(void)
{
	return 0;
}
static long (*volatile empty_function)(void) = nothing;
long empty_target(void)
{
	return 0;
}
LOOP(empty, empty_function())

LOOP(getppid_glibc, getppid())
LOOP(getppid_libc_syscall, syscall(SYS_getppid))
LOOP(getppid_syscall, by_syscall(SYS_getppid, 0, 0, 0))
LOOP(getppid_int80, by_int80(I386_getppid, 0, 0, 0))

LOOP(getpid_glibc, getpid())
LOOP(getpid_libc_syscall, syscall(SYS_getpid))
LOOP(getpid_syscall, by_syscall(SYS_getpid, 0, 0, 0))
LOOP(getpid_int80, by_int80(I386_getpid, 0, 0, 0))

static int (*vdso_clock_gettime)(clockid_t, struct timespec *);
static long (*vdso_getcpu)(unsigned *, unsigned *, void *);
static int (*vdso_gettimeofday)(struct timeval *, struct timezone *);
static time_t (*vdso_time)(time_t *);
static ssize_t (*vdso_getrandom)(void *, size_t, unsigned, void *, size_t);

__attribute__((constructor)) static void find_vdso(void)
{
	void *vdso = dlopen("linux-vdso.so.1", RTLD_LAZY | RTLD_LOCAL | RTLD_NOLOAD);
	if (!vdso)
		return;
	vdso_clock_gettime = dlvsym(vdso, "__vdso_clock_gettime", "LINUX_2.6");
	vdso_getcpu = dlvsym(vdso, "__vdso_getcpu", "LINUX_2.6");
	vdso_gettimeofday = dlvsym(vdso, "__vdso_gettimeofday", "LINUX_2.6");
	vdso_time = dlvsym(vdso, "__vdso_time", "LINUX_2.6");
	vdso_getrandom = dlvsym(vdso, "__vdso_getrandom", "LINUX_2.6");
}

#define NOT_THERE (-1)

#define TIME ((struct timespec *)buffer)
LOOP(clock_gettime_glibc, clock_gettime(CLOCK_MONOTONIC, TIME))
LOOP(clock_gettime_libc_syscall, syscall(SYS_clock_gettime, CLOCK_MONOTONIC, TIME))
LOOP(clock_gettime_syscall, by_syscall(SYS_clock_gettime, CLOCK_MONOTONIC, (long)TIME, 0))
LOOP(clock_gettime_int80, by_int80(I386_clock_gettime, CLOCK_MONOTONIC, (long)TIME, 0))
LOOP(clock_gettime_vdso, vdso_clock_gettime ? vdso_clock_gettime(CLOCK_MONOTONIC, TIME) : NOT_THERE)

#define CLOCK(name, clock)                                                                        \
	LOOP(name##_glibc, clock_gettime(clock, TIME))                                            \
	LOOP(name##_libc_syscall, syscall(SYS_clock_gettime, clock, TIME))                        \
	LOOP(name##_syscall, by_syscall(SYS_clock_gettime, clock, (long)TIME, 0))                 \
	LOOP(name##_int80, by_int80(I386_clock_gettime, clock, (long)TIME, 0))                    \
	LOOP(name##_vdso, vdso_clock_gettime ? vdso_clock_gettime(clock, TIME) : NOT_THERE)
CLOCK(clock_realtime, CLOCK_REALTIME)
CLOCK(clock_monotonic_coarse, CLOCK_MONOTONIC_COARSE)
CLOCK(clock_thread_cputime, CLOCK_THREAD_CPUTIME_ID)

#define TIMEVAL ((struct timeval *)buffer)
LOOP(gettimeofday_glibc, gettimeofday(TIMEVAL, 0))
LOOP(gettimeofday_libc_syscall, syscall(SYS_gettimeofday, TIMEVAL, 0))
LOOP(gettimeofday_syscall, by_syscall(SYS_gettimeofday, (long)TIMEVAL, 0, 0))
LOOP(gettimeofday_int80, by_int80(I386_gettimeofday, (long)TIMEVAL, 0, 0))
LOOP(gettimeofday_vdso, vdso_gettimeofday ? vdso_gettimeofday(TIMEVAL, 0) : NOT_THERE)

LOOP(time_glibc, time(0))
LOOP(time_libc_syscall, syscall(SYS_time, 0))
LOOP(time_syscall, by_syscall(SYS_time, 0, 0, 0))
LOOP(time_int80, by_int80(I386_time, 0, 0, 0))
LOOP(time_vdso, vdso_time ? vdso_time(0) : NOT_THERE)

#define RANDOM_BYTES 16
LOOP(getrandom_glibc, getrandom(buffer, RANDOM_BYTES, 0))
LOOP(getrandom_libc_syscall, syscall(SYS_getrandom, buffer, RANDOM_BYTES, 0))
LOOP(getrandom_syscall, by_syscall(SYS_getrandom, (long)buffer, RANDOM_BYTES, 0))
LOOP(getrandom_int80, by_int80(I386_getrandom, (long)buffer, RANDOM_BYTES, 0))

/* include/uapi/linux/random.h: how __vdso_getrandom wants its state mapped. */
struct opaque_params {
	uint32_t size, protection, flags, reserved[13];
};

static void *getrandom_state(size_t *size)
{
	static __thread void *state;
	static __thread size_t state_size;
	struct opaque_params params;

	if (!state && vdso_getrandom && !vdso_getrandom(0, 0, 0, &params, ~0UL)) {
		void *pages = mmap(0, 4096, params.protection, params.flags, -1, 0);
		if (pages != MAP_FAILED) {
			state = pages;
			state_size = params.size;
		}
	}
	*size = state_size;
	return state;
}

long getrandom_vdso(long count, long fd, char *buffer)
{
	size_t size;
	void *state = getrandom_state(&size);
	long result;
	do
		result = state ? vdso_getrandom(buffer, RANDOM_BYTES, 0, state, size) : NOT_THERE;
	while (--count);
	return result;
}

#define CPU ((unsigned *)buffer)
#define NODE (CPU + 1)
LOOP(getcpu_glibc, getcpu(CPU, NODE))
LOOP(getcpu_libc_syscall, syscall(SYS_getcpu, CPU, NODE, 0))
LOOP(getcpu_syscall, by_syscall(SYS_getcpu, (long)CPU, (long)NODE, 0))
LOOP(getcpu_int80, by_int80(I386_getcpu, (long)CPU, (long)NODE, 0))
LOOP(getcpu_vdso, vdso_getcpu ? vdso_getcpu(CPU, NODE, 0) : NOT_THERE)

#define TRANSFER(call, name, size)                                              \
	LOOP(name##_glibc, call(fd, buffer, size))                              \
	LOOP(name##_libc_syscall, syscall(SYS_##call, fd, buffer, (long)size))  \
	LOOP(name##_syscall, by_syscall(SYS_##call, fd, (long)buffer, size))    \
	LOOP(name##_int80, by_int80(I386_##call, fd, (long)buffer, size))
TRANSFER(read, read_1, 1)
TRANSFER(read, read_4096, 4096)
TRANSFER(read, read_65536, 65536)
TRANSFER(write, write_1, 1)

/* The buffer holds the path. */
#define FLAGS (O_RDONLY | O_CLOEXEC)
LOOP(openat_close_glibc, close(openat(AT_FDCWD, buffer, FLAGS)))
LOOP(openat_close_libc_syscall, syscall(SYS_close, syscall(SYS_openat, AT_FDCWD, buffer, FLAGS)))
LOOP(openat_close_syscall, by_syscall(SYS_close, by_syscall(SYS_openat, AT_FDCWD, (long)buffer, FLAGS), 0, 0))
LOOP(openat_close_int80, by_int80(I386_close, by_int80(I386_openat, AT_FDCWD, (long)buffer, FLAGS), 0, 0))

LOOP(close_glibc, close(-1))
LOOP(close_libc_syscall, syscall(SYS_close, -1))
LOOP(close_syscall, by_syscall(SYS_close, -1, 0, 0))
LOOP(close_int80, by_int80(I386_close, -1, 0, 0))

LOOP(fstat_glibc, fstat(fd, (struct stat *)buffer))
LOOP(fstat_libc_syscall, syscall(SYS_fstat, fd, buffer))
LOOP(fstat_syscall, by_syscall(SYS_fstat, fd, (long)buffer, 0))
LOOP(fstat_int80, by_int80(I386_fstat64, fd, (long)buffer, 0))

/* The buffer holds the path and, further on, has room for the answer. */
#define STATUS (buffer + 256)
#define MASK STATX_BASIC_STATS
LOOP(statx_glibc, statx(AT_FDCWD, buffer, 0, MASK, (struct statx *)STATUS))
LOOP(statx_libc_syscall, syscall(SYS_statx, AT_FDCWD, buffer, 0, MASK, STATUS))
LOOP(statx_syscall, by_syscall6(SYS_statx, AT_FDCWD, (long)buffer, 0, MASK, (long)STATUS, 0))
LOOP(statx_int80, by_int80_6(I386_statx, AT_FDCWD, (long)buffer, 0, MASK, (long)STATUS, 0))

#define PAGE 4096
#define PROTECTION (PROT_READ | PROT_WRITE)
#define MAPPING (MAP_PRIVATE | MAP_ANONYMOUS)
LOOP(mmap_glibc, munmap(mmap(0, PAGE, PROTECTION, MAPPING, -1, 0), PAGE))
LOOP(mmap_libc_syscall, syscall(SYS_munmap, syscall(SYS_mmap, 0, PAGE, PROTECTION, MAPPING, -1, 0), PAGE))
LOOP(mmap_syscall, by_syscall(SYS_munmap, by_syscall6(SYS_mmap, 0, PAGE, PROTECTION, MAPPING, -1, 0), PAGE, 0))
LOOP(mmap_int80, by_int80(I386_munmap, by_int80_6(I386_mmap2, 0, PAGE, PROTECTION, MAPPING, -1, 0), PAGE, 0))

#define WAKE (FUTEX_WAKE | FUTEX_PRIVATE_FLAG)
LOOP(futex_libc_syscall, syscall(SYS_futex, buffer, WAKE, 1))
LOOP(futex_syscall, by_syscall(SYS_futex, (long)buffer, WAKE, 1))
LOOP(futex_int80, by_int80(I386_futex, (long)buffer, WAKE, 1))

LOOP(epoll_wait_glibc, epoll_wait(fd, (struct epoll_event *)buffer, 4, 0))
LOOP(epoll_wait_libc_syscall, syscall(SYS_epoll_wait, fd, buffer, 4, 0))
LOOP(epoll_wait_syscall, by_syscall6(SYS_epoll_wait, fd, (long)buffer, 4, 0, 0, 0))
LOOP(epoll_wait_int80, by_int80_6(I386_epoll_wait, fd, (long)buffer, 4, 0, 0, 0))

/* The buffer holds a 1. */
#define COUNTER 8
LOOP(eventfd_glibc, (write(fd, buffer, COUNTER), read(fd, buffer, COUNTER)))
LOOP(eventfd_libc_syscall, (syscall(SYS_write, fd, buffer, COUNTER), syscall(SYS_read, fd, buffer, COUNTER)))
LOOP(eventfd_syscall, (by_syscall(SYS_write, fd, (long)buffer, COUNTER), by_syscall(SYS_read, fd, (long)buffer, COUNTER)))
LOOP(eventfd_int80, (by_int80(I386_write, fd, (long)buffer, COUNTER), by_int80(I386_read, fd, (long)buffer, COUNTER)))

/* One byte to a partner thread and back: four calls, and each thread wakes the other. Both are on the first processor. */
struct pipes {
	int there[2], back[2];
	char *buffer;
};

static void first_processor(cpu_set_t *set)
{
	int processor = 0;

	if (sched_getaffinity(getpid(), sizeof *set, set))
		abort();
	while (!CPU_ISSET(processor, set))
		processor++;
	CPU_ZERO(set);
	CPU_SET(processor, set);
}

static struct pipes *start(char *buffer, void *(*partner)(void *))
{
	struct pipes *pipes = malloc(sizeof *pipes);
	pthread_t thread;
	cpu_set_t processor;

	first_processor(&processor);
	pipes->buffer = buffer;
	if (pipe2(pipes->there, O_CLOEXEC) || pipe2(pipes->back, O_CLOEXEC) ||
	    pthread_create(&thread, 0, partner, pipes) ||
	    pthread_setaffinity_np(thread, sizeof processor, &processor))
		abort();
	pthread_detach(thread);
	return pipes;
}

#define PING_PONG(way, READ, WRITE)                                                     \
	static void *partner_##way(void *argument)                                      \
	{                                                                               \
		struct pipes *pipes = argument;                                         \
		char *byte = pipes->buffer + 1;                                         \
		while (READ(pipes->there[0], byte) == 1 && WRITE(pipes->back[1], byte) == 1) \
			;                                                               \
		return 0;                                                               \
	}                                                                               \
	long pipe_##way(long count, long fd, char *buffer)                              \
	{                                                                               \
		static struct pipes *pipes;                                             \
		long result;                                                            \
		if (!pipes)                                                             \
			pipes = start(buffer, partner_##way);                           \
		do {                                                                    \
			WRITE(pipes->there[1], buffer);                                 \
			result = READ(pipes->back[0], buffer);                          \
		} while (--count);                                                      \
		return result;                                                          \
	}

#define READ_GLIBC(fd, byte) read(fd, byte, 1)
#define WRITE_GLIBC(fd, byte) write(fd, byte, 1)
PING_PONG(glibc, READ_GLIBC, WRITE_GLIBC)
#define READ_LIBC_SYSCALL(fd, byte) syscall(SYS_read, fd, byte, 1)
#define WRITE_LIBC_SYSCALL(fd, byte) syscall(SYS_write, fd, byte, 1)
PING_PONG(libc_syscall, READ_LIBC_SYSCALL, WRITE_LIBC_SYSCALL)
#define READ_SYSCALL(fd, byte) by_syscall(SYS_read, fd, (long)(byte), 1)
#define WRITE_SYSCALL(fd, byte) by_syscall(SYS_write, fd, (long)(byte), 1)
PING_PONG(syscall, READ_SYSCALL, WRITE_SYSCALL)
#define READ_INT80(fd, byte) by_int80(I386_read, fd, (long)(byte), 1)
#define WRITE_INT80(fd, byte) by_int80(I386_write, fd, (long)(byte), 1)
PING_PONG(int80, READ_INT80, WRITE_INT80)

/*
 * Times single calls: each sample is one turn of a loop between two readings of the clock that System.nanoTime reads.
 * The clock's own cost is in it; a loop over nothing tells how much that is.
 */
typedef long loop(long count, long fd, char *buffer);

static long now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000L + time.tv_nsec;
}

void sample(loop *call, long fd, char *buffer, long *samples, long count)
{
	for (long i = 0; i < count; i++) {
		long before = now();
		call(1, fd, buffer);
		samples[i] = now() - before;
	}
}

static long run_and_wait(char *path)
{
	char *arguments[] = { path, 0 };
	char *environment[] = { 0 };
	pid_t child;
	int status;
	int error = posix_spawn(&child, path, 0, 0, arguments, environment);

	if (error)
		return -error;
	if (waitpid(child, &status, 0) != child || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

LOOP(run_program, run_and_wait(buffer))
