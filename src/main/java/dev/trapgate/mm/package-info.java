/** Memory mappings: typed calls, and the types they take and return. */
@NullMarked
package dev.trapgate.mm;

import org.jspecify.annotations.NullMarked;
