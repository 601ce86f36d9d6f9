/** Calls tried in child processes, to learn what a kernel answers without risk to the JVM. */
@NullMarked
package dev.trapgate.host.probe;

import org.jspecify.annotations.NullMarked;
