/** Character devices: {@code drivers/char} and {@code drivers/tty}. */
@NullMarked
package dev.trapgate.emulator.linux.drivers;

import org.jspecify.annotations.NullMarked;
