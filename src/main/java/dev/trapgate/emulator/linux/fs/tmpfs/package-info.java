/** Files in memory: {@code mm/shmem.c}, Linux 6.18. */
@NullMarked
package dev.trapgate.emulator.linux.fs.tmpfs;

import org.jspecify.annotations.NullMarked;
