/** System V inter-process communication's one number: {@code ipc/}. */
@NullMarked
package dev.trapgate.emulator.linux.ipc;

import org.jspecify.annotations.NullMarked;
