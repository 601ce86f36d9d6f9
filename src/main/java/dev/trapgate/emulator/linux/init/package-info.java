/** What a kernel does before its first program runs: {@code init/}. */
@NullMarked
package dev.trapgate.emulator.linux.init;

import org.jspecify.annotations.NullMarked;
