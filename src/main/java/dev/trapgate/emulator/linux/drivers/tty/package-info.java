/** Terminals: {@code drivers/tty}. */
@NullMarked
package dev.trapgate.emulator.linux.drivers.tty;

import org.jspecify.annotations.NullMarked;
