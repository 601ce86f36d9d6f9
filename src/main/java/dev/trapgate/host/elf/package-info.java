/** ELF images that Trapgate writes. */
@NullMarked
package dev.trapgate.host.elf;

import org.jspecify.annotations.NullMarked;
