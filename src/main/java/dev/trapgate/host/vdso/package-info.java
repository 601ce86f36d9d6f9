/** The vDSO: the auxiliary vector that leads to it, its ELF image, its symbols, and the gate made of its functions. */
@NullMarked
package dev.trapgate.host.vdso;

import org.jspecify.annotations.NullMarked;
