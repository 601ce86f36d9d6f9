/**
 * Which system calls a kernel has and lets through, and how that is known.
 *
 * @see dev.trapgate.capability.Capabilities
 */
@NullMarked
package dev.trapgate.capability;

import org.jspecify.annotations.NullMarked;
