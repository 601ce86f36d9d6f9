/** Capabilities and what changes them: {@code security/}. */
@NullMarked
package dev.trapgate.emulator.linux.security;

import org.jspecify.annotations.NullMarked;
