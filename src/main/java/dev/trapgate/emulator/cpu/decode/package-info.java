/**
 * Instructions as bytes: the opcode maps, prefixes, ModRM and SIB, displacements and immediates (SDM vol. 2, chapter 2 and
 * appendix A; APM vol. 3, chapter 1 and appendix A). What an instruction does is said elsewhere.
 */
@NullMarked
package dev.trapgate.emulator.cpu.decode;

import org.jspecify.annotations.NullMarked;
