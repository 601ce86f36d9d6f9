/**
 * What programs' instructions do: decoded instructions become steps, steps are gathered in blocks, and blocks are kept
 * until their bytes change.
 *
 * <p>A step is a function of the {@link dev.trapgate.emulator.cpu.execute.Core}, which has all the state there is, and of
 * constants that were known when the instruction was decoded. It makes every access that may fault before it changes
 * anything.
 */
@NullMarked
package dev.trapgate.emulator.cpu.execute;

import org.jspecify.annotations.NullMarked;
