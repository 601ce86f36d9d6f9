/** glibc's {@code syscall(2)} through JNR-FFI, an optional library. */
@NullMarked
package dev.trapgate.host.jnr;

import org.jspecify.annotations.NullMarked;
