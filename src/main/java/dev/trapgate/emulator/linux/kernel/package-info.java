/** Tasks, processes and the calls of the kernel's own directory {@code kernel/}. */
@NullMarked
package dev.trapgate.emulator.linux.kernel;

import org.jspecify.annotations.NullMarked;
