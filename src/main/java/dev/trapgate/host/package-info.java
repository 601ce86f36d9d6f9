/** The real kernel under this JVM, and every gate into it that x86-64 has. */
@NullMarked
package dev.trapgate.host;

import org.jspecify.annotations.NullMarked;
