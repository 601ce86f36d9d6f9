/** What Trapgate is measured against: C and JNI, compiled on the spot, and plain FFM. */
@NullMarked
package dev.trapgate.bench.peer;

import org.jspecify.annotations.NullMarked;
