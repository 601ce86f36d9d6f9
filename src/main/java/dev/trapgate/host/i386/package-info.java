/** A real 32-bit process beside the JVM, for what a 64-bit one does not have: {@code __kernel_vsyscall} and the 32-bit vDSO. */
@NullMarked
package dev.trapgate.host.i386;

import org.jspecify.annotations.NullMarked;
