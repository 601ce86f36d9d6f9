/** What the emulated kernels fix for x86: selectors, the saved registers, where things are in memory. */
@NullMarked
package dev.trapgate.emulator.linux.arch.x86;

import org.jspecify.annotations.NullMarked;
