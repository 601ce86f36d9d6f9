/** A directory of the machine that the JVM runs on as a file system, read-only: after fs/hostfs of Linux's user-mode port. */
@NullMarked
package dev.trapgate.emulator.linux.fs.hostfs;

import org.jspecify.annotations.NullMarked;
