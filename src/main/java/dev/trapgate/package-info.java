/** Where a program starts: the gates, and what can be had through them. */
@NullMarked
package dev.trapgate;

import org.jspecify.annotations.NullMarked;
