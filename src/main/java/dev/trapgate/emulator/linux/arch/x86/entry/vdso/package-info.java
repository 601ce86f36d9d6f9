/** The virtual dynamic shared objects that the emulated kernels map into programs: arch/x86/entry/vdso. */
@NullMarked
package dev.trapgate.emulator.linux.arch.x86.entry.vdso;

import org.jspecify.annotations.NullMarked;
