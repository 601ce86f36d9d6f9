/** The benchmarks: one class a call, one method a way to make it. */
@NullMarked
package dev.trapgate.bench.call;

import org.jspecify.annotations.NullMarked;
