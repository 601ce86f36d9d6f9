/** The kernel's entry instructions in machine code of Trapgate's own. */
@NullMarked
package dev.trapgate.host.stub;

import org.jspecify.annotations.NullMarked;
