/** Memory that the native gates' kernel can address. */
@NullMarked
package dev.trapgate.host.memory;

import org.jspecify.annotations.NullMarked;
