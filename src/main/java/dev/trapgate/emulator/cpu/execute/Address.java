package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.decode.Operand;
import dev.trapgate.emulator.cpu.decode.Segment;
import org.jspecify.annotations.Nullable;

/** How a memory operand's address is worked out. */
final class Address {

    private final int base;
    private final int index;
    private final int scale;
    private final long displacement;
    private final long mask;
    private final int size;

    /** The segment, where its base or limit counts. */
    private final @Nullable Segment segment;

    private Address(Operand.Memory operand, @Nullable Segment segment) {
        this.base = operand.base();
        this.index = operand.index();
        this.scale = operand.scale();
        this.displacement = operand.displacement();
        this.mask = -1L >>> (64 - operand.addressBits());
        this.size = operand.bits() / 8;
        this.segment = segment;
    }

    static Address of(Operand.Memory operand, CodeKind kind) {
        return new Address(operand, counts(operand.segment(), kind) ? operand.segment() : null);
    }

    /** {@return whether a segment's base or limit counts in such code} */
    static boolean counts(Segment segment, CodeKind kind) {
        return switch (segment) {
            case FS, GS -> true;
            case CS -> kind != CodeKind.BITS_64;
            case DS, ES, SS -> kind == CodeKind.SEGMENTED_32;
        };
    }

    /** {@return the offset in the segment} */
    long offset(Core core) {
        GeneralRegisters registers = core.registers;
        return registers.get(base) + (registers.get(index) << scale) + displacement & mask;
    }

    /** {@return the linear address, to read from} */
    long linear(Core core) {
        return segment == null ? offset(core) : core.linear(segment, offset(core), size);
    }

    /** {@return the linear address, to write to} */
    long linearForWrite(Core core) {
        return segment == null ? offset(core) : core.linearForWrite(segment, offset(core), size);
    }

    /** {@return the linear address of a word that is some bytes further on, to read from} */
    long linear(Core core, long further) {
        long offset = offset(core) + further & mask;
        return segment == null ? offset : core.linear(segment, offset, size);
    }

    /** {@return the linear address of a word that is some bytes further on, to write to} */
    long linearForWrite(Core core, long further) {
        long offset = offset(core) + further & mask;
        return segment == null ? offset : core.linearForWrite(segment, offset, size);
    }
}
