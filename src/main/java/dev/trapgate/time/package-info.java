/** Clocks and sleeping: typed calls, and the types they take and return. */
@NullMarked
package dev.trapgate.time;

import org.jspecify.annotations.NullMarked;
