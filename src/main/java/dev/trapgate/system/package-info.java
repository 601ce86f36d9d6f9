/** The system as a whole: typed calls, and the types they take and return. */
@NullMarked
package dev.trapgate.system;

import org.jspecify.annotations.NullMarked;
