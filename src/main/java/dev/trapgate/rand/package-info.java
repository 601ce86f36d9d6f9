/** Random bytes: typed calls, and the types they take and return. */
@NullMarked
package dev.trapgate.rand;

import org.jspecify.annotations.NullMarked;
