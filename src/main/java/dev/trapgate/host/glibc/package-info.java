/** glibc's own ways into the kernel. */
@NullMarked
package dev.trapgate.host.glibc;

import org.jspecify.annotations.NullMarked;
