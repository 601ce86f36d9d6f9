/** Priorities of I/O: {@code block/}. */
@NullMarked
package dev.trapgate.emulator.linux.block;

import org.jspecify.annotations.NullMarked;
