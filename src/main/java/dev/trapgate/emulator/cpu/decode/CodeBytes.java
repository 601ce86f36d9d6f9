package dev.trapgate.emulator.cpu.decode;

/** Where a decoder gets an instruction's bytes from. */
@FunctionalInterface
public interface CodeBytes {

    /**
     * Fetches a byte. Only bytes that belong to the instruction are fetched, one after the other.
     *
     * @param start the instruction's offset in the code segment
     * @param count how many of its bytes come before this one; 15 or more is an instruction that is too long
     * @return the byte, 0 to 255
     * @throws dev.trapgate.emulator.cpu.RaisedFault if it cannot be fetched, or the instruction is too long: #GP(0)
     */
    int fetch(long start, int count);
}
