/** A real process and the emulated processor, one instruction after the other. */
@NullMarked
package dev.trapgate.differential.lockstep;

import org.jspecify.annotations.NullMarked;
