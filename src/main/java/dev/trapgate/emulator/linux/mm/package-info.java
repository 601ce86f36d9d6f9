/** Memory of processes, and the kernel's copies from and to it: {@code mm/}. */
@NullMarked
package dev.trapgate.emulator.linux.mm;

import org.jspecify.annotations.NullMarked;
