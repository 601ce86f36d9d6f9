/** Input and output on descriptors: typed calls, and the types they take and return. */
@NullMarked
package dev.trapgate.io;

import org.jspecify.annotations.NullMarked;
