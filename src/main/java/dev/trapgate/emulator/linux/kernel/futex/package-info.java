/**
 * Fast user-space mutexes, the kernel's half: kernel/futex/, Linux 6.18. Without priority inheritance, as a kernel without
 * CONFIG_FUTEX_PI.
 */
@NullMarked
package dev.trapgate.emulator.linux.kernel.futex;

import org.jspecify.annotations.NullMarked;
