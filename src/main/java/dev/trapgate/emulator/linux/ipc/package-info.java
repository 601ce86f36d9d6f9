/** System V messages, semaphores and shared memory, and POSIX message queues: {@code ipc/}. */
@NullMarked
package dev.trapgate.emulator.linux.ipc;

import org.jspecify.annotations.NullMarked;
