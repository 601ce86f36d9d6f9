package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.FxState;
import dev.trapgate.emulator.cpu.Vector;
import dev.trapgate.emulator.cpu.VectorRegisters;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Operand;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** LDMXCSR, STMXCSR, FXSAVE, FXRSTOR, EMMS, CLFLUSH (SDM vol. 2, under the mnemonics). */
final class VectorState {

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private VectorState() {}

    /** {@return the step of an instruction, if it is one of these} */
    static @Nullable Step of(DecodedInstruction decoded, CodeKind kind) {
        return switch (decoded.operation()) {
            case LDMXCSR -> loadControl(decoded, kind);
            case STMXCSR -> {
                Place to = Places.place(decoded.operand(0), kind);
                yield core -> to.set(core, core.vectors.mxcsr());
            }
            case FXSAVE -> save(decoded, kind);
            case FXRSTOR -> restore(decoded, kind);
            case EMMS ->
                core -> {
                    MediaOperand.check(core);
                    core.x87.leaveMedia();
                };
            case CLFLUSH -> {
                Source source = Places.source(decoded.operand(0), kind);
                yield source::get;
            }
            default -> null;
        };
    }

    private static Step loadControl(DecodedInstruction decoded, CodeKind kind) {
        Source source = Places.source(decoded.operand(0), kind);
        return core -> {
            int value = (int) source.get(core);
            if ((value & ~VectorRegisters.MXCSR_BITS) != 0) {
                throw core.raise(Vector.GP);
            }
            core.vectors.setMxcsr(value);
        };
    }

    private static FxState.Layout layout(DecodedInstruction decoded, CodeKind kind) {
        if (kind != CodeKind.BITS_64) {
            return FxState.Layout.BITS_32;
        }
        return decoded.operandBits() == 64 ? FxState.Layout.BITS_64 : FxState.Layout.BITS_64_NARROW;
    }

    private static Address address(DecodedInstruction decoded, CodeKind kind) {
        return Address.of(Moves.resized((Operand.Memory) decoded.operand(0), 8 * FxState.SIZE), kind);
    }

    private static Step save(DecodedInstruction decoded, CodeKind kind) {
        FxState.Layout layout = layout(decoded, kind);
        Address address = address(decoded, kind);
        return core -> {
            long linear = VectorOperand.aligned(core, address.linearForWrite(core));
            core.memory.probeWrite(linear, layout.written());
            MemorySegment image = MemorySegment.ofArray(new byte[FxState.SIZE]);
            FxState.save(core.cpu, image, layout);
            for (int at = 0; at < layout.written(); at += Long.BYTES) {
                core.memory.write64(linear + at, image.get(LONG, at));
            }
        };
    }

    private static Step restore(DecodedInstruction decoded, CodeKind kind) {
        FxState.Layout layout = layout(decoded, kind);
        Address address = address(decoded, kind);
        return core -> {
            long linear = VectorOperand.aligned(core, address.linear(core));
            MemorySegment image = MemorySegment.ofArray(new byte[FxState.SIZE]);
            for (int at = 0; at < layout.written(); at += Long.BYTES) {
                image.set(LONG, at, core.memory.read64(linear + at));
            }
            if (!FxState.load(core.cpu, image, layout)) {
                throw core.raise(Vector.GP);
            }
        };
    }
}
