/* The bodies of dev.trapgate.bench.peer.JniCalls: each calls glibc's function and nothing else. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <jni.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define NATIVE(type, name, ...) \
	JNIEXPORT type JNICALL Java_dev_trapgate_bench_peer_JniCalls_##name(JNIEnv *env, jclass self, ##__VA_ARGS__)

NATIVE(jlong, empty)
{
	return 0;
}

NATIVE(jint, getppid)
{
	return getppid();
}

NATIVE(jint, clockGettime, jint clock, jlong time)
{
	return clock_gettime(clock, (struct timespec *)time);
}

NATIVE(jint, getcpu, jlong cpu, jlong node)
{
	return getcpu((unsigned *)cpu, (unsigned *)node);
}

NATIVE(jlong, read, jint fd, jlong buffer, jlong count)
{
	return read(fd, (void *)buffer, count);
}

NATIVE(jlong, write, jint fd, jlong buffer, jlong count)
{
	return write(fd, (void *)buffer, count);
}

NATIVE(jint, openat, jint directory, jlong path, jint flags)
{
	return openat(directory, (const char *)path, flags);
}

NATIVE(jint, close, jint fd)
{
	return close(fd);
}

NATIVE(jint, getpid)
{
	return getpid();
}

NATIVE(jint, gettimeofday, jlong time)
{
	return gettimeofday((struct timeval *)time, 0);
}

NATIVE(jlong, time)
{
	return time(0);
}

NATIVE(jlong, getrandom, jlong buffer, jlong count, jint flags)
{
	return getrandom((void *)buffer, count, flags);
}

NATIVE(jint, fstat, jint fd, jlong status)
{
	return fstat(fd, (struct stat *)status);
}

NATIVE(jint, statx, jint directory, jlong path, jint flags, jint mask, jlong status)
{
	return statx(directory, (const char *)path, flags, mask, (struct statx *)status);
}

NATIVE(jlong, mmap, jlong address, jlong length, jint protection, jint flags, jint fd, jlong offset)
{
	return (jlong)mmap((void *)address, length, protection, flags, fd, offset);
}

NATIVE(jint, munmap, jlong address, jlong length)
{
	return munmap((void *)address, length);
}

NATIVE(jint, epollWait, jint epoll, jlong events, jint most, jint timeout)
{
	return epoll_wait(epoll, (struct epoll_event *)events, most, timeout);
}

NATIVE(jlong, syscall, jlong number, jlong a1, jlong a2, jlong a3)
{
	return syscall(number, a1, a2, a3);
}
