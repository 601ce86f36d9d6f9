/**
 * Floating-point arithmetic as x86 processors do it: IEEE 754 with the four rounding modes, the exception flags, and the
 * answers of masked exceptions (SDM vol. 1, 4.8, 8.5 and 11.5; APM vol. 1, 4.8 and 6.8).
 *
 * <p>All formats share one exact method: operands are taken apart into {@link dev.trapgate.emulator.cpu.floating.Real}s, a
 * result is worked out to 128 bits with the rest jammed into the last, and rounded once. Nothing here knows instructions.
 */
@NullMarked
package dev.trapgate.emulator.cpu.floating;

import org.jspecify.annotations.NullMarked;
