/** Calls, results and structures as text, in the form that {@code strace(1)} has made familiar. */
@NullMarked
package dev.trapgate.trace;

import org.jspecify.annotations.NullMarked;
