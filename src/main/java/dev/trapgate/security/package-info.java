/** What a process may no longer do: typed calls, and the types they take and return. */
@NullMarked
package dev.trapgate.security;

import org.jspecify.annotations.NullMarked;
