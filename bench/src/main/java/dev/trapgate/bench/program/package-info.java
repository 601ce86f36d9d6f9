/** What whole programs cost on the emulated machine. */
@NullMarked
package dev.trapgate.bench.program;

import org.jspecify.annotations.NullMarked;
