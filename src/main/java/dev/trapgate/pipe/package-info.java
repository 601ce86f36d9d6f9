/** Pipes, and moving data through them: typed calls, and the types they take and return. */
@NullMarked
package dev.trapgate.pipe;

import org.jspecify.annotations.NullMarked;
