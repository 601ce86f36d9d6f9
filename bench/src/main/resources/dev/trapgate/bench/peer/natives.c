/* The bodies of dev.trapgate.bench.peer.JniCalls: each calls glibc's function and nothing else. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <jni.h>
#include <sched.h>
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
