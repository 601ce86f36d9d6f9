package dev.trapgate.differential.lockstep;

import dev.trapgate.host.vdso.AuxiliaryType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the kernel has put behind a program's environment, found from its first stack pointer.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/getauxval.3.html">getauxval(3)</a>
 */
final class AuxiliaryVector {

    private static final long AT_NULL = 0;
    private static final long AT_IGNORE = 1;

    private AuxiliaryVector() {}

    /** Has a program that has not begun find no vDSO: its entries are there, and to be ignored. */
    static void hideVdso(TracedProcess process) throws IOException, LockstepException {
        Registers registers = process.registers();
        int word = registers.is64Bit() ? Long.BYTES : Integer.BYTES;
        long at = registers.get(Registers.RSP);
        at += word + word * (read(process, at, word) + 1);
        while (read(process, at, word) != 0) {
            at += word;
        }
        at += word;
        for (long type = read(process, at, word); type != AT_NULL; type = read(process, at, word)) {
            if (type == AuxiliaryType.AT_SYSINFO.number() || type == AuxiliaryType.AT_SYSINFO_EHDR.number()) {
                process.write(at, ByteBuffer.wrap(new byte[] {(byte) AT_IGNORE}));
            }
            at += 2L * word;
        }
    }

    private static long read(TracedProcess process, long address, int size) throws IOException, LockstepException {
        ByteBuffer value = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        if (process.read(address, value) < size) {
            throw new LockstepException("its stack ends before its auxiliary vector does");
        }
        return size == Long.BYTES ? value.getLong(0) : Integer.toUnsignedLong(value.getInt(0));
    }
}
