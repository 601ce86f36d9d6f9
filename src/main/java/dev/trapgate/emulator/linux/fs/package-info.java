/** Descriptors, and the devices behind them: {@code fs/}, {@code drivers/char/mem.c}. */
@NullMarked
package dev.trapgate.emulator.linux.fs;

import org.jspecify.annotations.NullMarked;
