/** Sockets of any family, and what goes between them: net/core, Linux 6.18. */
@NullMarked
package dev.trapgate.emulator.linux.net.core;

import org.jspecify.annotations.NullMarked;
