/** Waiting for events: typed calls, and the types they take and return. */
@NullMarked
package dev.trapgate.event;

import org.jspecify.annotations.NullMarked;
