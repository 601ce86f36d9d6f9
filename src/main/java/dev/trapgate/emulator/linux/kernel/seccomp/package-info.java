/** Which calls a task may make: {@code kernel/seccomp.c}. */
@NullMarked
package dev.trapgate.emulator.linux.kernel.seccomp;

import org.jspecify.annotations.NullMarked;
