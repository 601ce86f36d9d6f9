/** What a garbage collection waits for while a thread is in a native call: a program to run by itself. */
@NullMarked
package dev.trapgate.bench.safepoint;

import org.jspecify.annotations.NullMarked;
