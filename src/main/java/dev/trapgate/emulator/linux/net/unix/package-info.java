/** Sockets within the machine: net/unix, Linux 6.18. */
@NullMarked
package dev.trapgate.emulator.linux.net.unix;

import org.jspecify.annotations.NullMarked;
