/** Sockets: typed calls, and the types they take and return. */
@NullMarked
package dev.trapgate.net;

import org.jspecify.annotations.NullMarked;
