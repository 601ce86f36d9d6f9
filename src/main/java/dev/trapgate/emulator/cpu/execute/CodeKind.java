package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.Descriptor;
import dev.trapgate.emulator.cpu.SegmentRegister;
import dev.trapgate.emulator.cpu.decode.Mode;

/** What of a processor's state is constant within a block, because instructions that change it end one. */
enum CodeKind {
    /** 64-bit code: only FS and GS have a base. */
    BITS_64(Mode.BITS_64, 0),
    /** 32-bit code whose DS, ES and SS are writable and span four gibibytes from 0. */
    FLAT_32(Mode.BITS_32, 1L << 62),
    /** 32-bit code with other segments. */
    SEGMENTED_32(Mode.BITS_32, 2L << 62);

    private static final long WHOLE = 0xffff_ffffL;

    private final Mode mode;
    private final long key;

    CodeKind(Mode mode, long key) {
        this.mode = mode;
        this.key = key;
    }

    /** {@return bits that tell equal addresses of different kinds apart, the highest two} */
    long key() {
        return key;
    }

    /** {@return how to decode it} */
    Mode mode() {
        return mode;
    }

    static CodeKind of(Cpu cpu) {
        if (cpu.is64BitMode()) {
            return BITS_64;
        }
        boolean flat = isFlat(cpu.segments().ds())
                && isFlat(cpu.segments().es())
                && isFlat(cpu.segments().ss())
                && cpu.segments().cs().base() == 0;
        return flat ? FLAT_32 : SEGMENTED_32;
    }

    private static boolean isFlat(SegmentRegister register) {
        return register.base() == 0 && register.limit() == WHOLE && Descriptor.isWritableData(register.descriptor());
    }
}
