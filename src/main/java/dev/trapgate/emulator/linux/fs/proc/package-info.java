/** {@code /proc}: what the kernel says of itself and of a process, as files ({@code fs/proc/}, Linux 6.18). */
@NullMarked
package dev.trapgate.emulator.linux.fs.proc;

import org.jspecify.annotations.NullMarked;
