/** What happens between a program's entry and its call, and on the way back: {@code kernel/entry/}. */
@NullMarked
package dev.trapgate.emulator.linux.kernel.entry;

import org.jspecify.annotations.NullMarked;
