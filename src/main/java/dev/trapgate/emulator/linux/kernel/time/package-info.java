/** The calls of {@code kernel/time/}: clocks and sleeping. */
@NullMarked
package dev.trapgate.emulator.linux.kernel.time;

import org.jspecify.annotations.NullMarked;
