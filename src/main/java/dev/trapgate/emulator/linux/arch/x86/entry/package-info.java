/** The way into the emulated kernels and out again, and the tables of calls: arch/x86/entry, arch/i386/kernel. */
@NullMarked
package dev.trapgate.emulator.linux.arch.x86.entry;

import org.jspecify.annotations.NullMarked;
