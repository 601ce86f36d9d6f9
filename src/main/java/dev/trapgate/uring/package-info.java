/** io_uring: calls handed to the kernel in rings of shared memory, and their answers. */
@NullMarked
package dev.trapgate.uring;

import org.jspecify.annotations.NullMarked;
