/** Threads and how they are scheduled: typed calls, and the types they take and return. */
@NullMarked
package dev.trapgate.thread;

import org.jspecify.annotations.NullMarked;
