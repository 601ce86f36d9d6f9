/** Files and directories: typed calls, and the types they take and return. */
@NullMarked
package dev.trapgate.fs;

import org.jspecify.annotations.NullMarked;
