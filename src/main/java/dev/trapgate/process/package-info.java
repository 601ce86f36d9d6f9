/** Processes: typed calls, and the types they take and return. */
@NullMarked
package dev.trapgate.process;

import org.jspecify.annotations.NullMarked;
