/** The one contract that every gate honours, native or emulated. */
@NullMarked
package dev.trapgate.entry;

import org.jspecify.annotations.NullMarked;
