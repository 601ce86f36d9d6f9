/** Plays one scenario of system calls through two gates, and compares all that they leave behind. */
@NullMarked
package dev.trapgate.differential;

import org.jspecify.annotations.NullMarked;
