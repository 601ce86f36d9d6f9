/**
 * What every typed call stands on: the kernel behind a gate, descriptors, errors, memory for arguments, and the small types
 * that all subjects share.
 */
@NullMarked
package dev.trapgate.kernel;

import org.jspecify.annotations.NullMarked;
