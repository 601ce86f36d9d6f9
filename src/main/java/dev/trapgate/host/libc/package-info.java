/** Links functions of the C library, and keeps the errno of their calls. */
@NullMarked
package dev.trapgate.host.libc;

import org.jspecify.annotations.NullMarked;
