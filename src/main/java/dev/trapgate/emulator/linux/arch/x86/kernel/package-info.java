/** Signals on x86: frames, the way into handlers and back; arch/x86/kernel and arch/x86/ia32. */
@NullMarked
package dev.trapgate.emulator.linux.arch.x86.kernel;

import org.jspecify.annotations.NullMarked;
