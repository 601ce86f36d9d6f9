/** Counting what the processor and the kernel do: typed calls, and the types they take and return. */
@NullMarked
package dev.trapgate.perf;

import org.jspecify.annotations.NullMarked;
