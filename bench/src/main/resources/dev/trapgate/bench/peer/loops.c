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
#include <sched.h>
#include <spawn.h>
#include <sys/syscall.h>
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

/* asm/unistd_32.h */
enum {
	I386_read = 3,
	I386_write = 4,
	I386_close = 6,
	I386_getppid = 64,
	I386_clock_gettime = 265,
	I386_openat = 295,
	I386_getcpu = 318,
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

static int (*vdso_clock_gettime)(clockid_t, struct timespec *);
static long (*vdso_getcpu)(unsigned *, unsigned *, void *);

__attribute__((constructor)) static void find_vdso(void)
{
	void *vdso = dlopen("linux-vdso.so.1", RTLD_LAZY | RTLD_LOCAL | RTLD_NOLOAD);
	if (!vdso)
		return;
	vdso_clock_gettime = dlvsym(vdso, "__vdso_clock_gettime", "LINUX_2.6");
	vdso_getcpu = dlvsym(vdso, "__vdso_getcpu", "LINUX_2.6");
}

#define NOT_THERE (-1)

#define TIME ((struct timespec *)buffer)
LOOP(clock_gettime_glibc, clock_gettime(CLOCK_MONOTONIC, TIME))
LOOP(clock_gettime_libc_syscall, syscall(SYS_clock_gettime, CLOCK_MONOTONIC, TIME))
LOOP(clock_gettime_syscall, by_syscall(SYS_clock_gettime, CLOCK_MONOTONIC, (long)TIME, 0))
LOOP(clock_gettime_int80, by_int80(I386_clock_gettime, CLOCK_MONOTONIC, (long)TIME, 0))
LOOP(clock_gettime_vdso, vdso_clock_gettime ? vdso_clock_gettime(CLOCK_MONOTONIC, TIME) : NOT_THERE)

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
TRANSFER(write, write_1, 1)

/* The buffer holds the path. */
#define FLAGS (O_RDONLY | O_CLOEXEC)
LOOP(openat_close_glibc, close(openat(AT_FDCWD, buffer, FLAGS)))
LOOP(openat_close_libc_syscall, syscall(SYS_close, syscall(SYS_openat, AT_FDCWD, buffer, FLAGS)))
LOOP(openat_close_syscall, by_syscall(SYS_close, by_syscall(SYS_openat, AT_FDCWD, (long)buffer, FLAGS), 0, 0))
LOOP(openat_close_int80, by_int80(I386_close, by_int80(I386_openat, AT_FDCWD, (long)buffer, FLAGS), 0, 0))

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
