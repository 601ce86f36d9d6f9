/**
 * An x86 processor as far as the way into a kernel and back needs one: registers, descriptors, pages, and the
 * instructions that change the privilege level.
 *
 * <p>"SDM" is Intel's Software Developer's Manual, "APM" is AMD's Architecture Programmer's Manual.
 */
@NullMarked
package dev.trapgate.emulator.cpu;

import org.jspecify.annotations.NullMarked;
