/** A CPU and two Linux kernels in Java, and the gates that lead into them. No native code. */
@NullMarked
package dev.trapgate.emulator;

import org.jspecify.annotations.NullMarked;
