package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.StackSegmentLoad;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Operand;
import dev.trapgate.emulator.cpu.decode.Segment;

/** Loads of segment registers (SDM vol. 2, MOV, POP, LDS/LES/LFS/LGS/LSS). */
final class Segments {

    private Segments() {}

    /** MOV to a segment register. What is decoded after it may have to be decoded otherwise. */
    static Step load(Segment segment, Source source) {
        return core -> load(core, segment, (int) source.get(core) & 0xffff);
    }

    static void load(Core core, Segment segment, int selector) {
        int fault = segment == Segment.SS
                ? StackSegmentLoad.load(core.cpu, selector)
                : core.cpu.loadSegment(core.segment(segment), selector);
        core.check(fault);
        core.shadow = segment == Segment.SS;
        core.leave();
    }

    /** LDS and its kind: the offset, and behind it the selector. */
    static Step loadFarPointer(DecodedInstruction decoded, CodeKind kind, Segment segment) {
        Operand.Register register = (Operand.Register) decoded.operand(0);
        Place to = Places.place(register, kind);
        int size = register.bits() / 8;
        Address address = Address.of((Operand.Memory) decoded.operand(1), kind);
        return core -> {
            long offset = core.memory.read(address.linear(core), size);
            int selector = (int) core.memory.read16(address.linear(core, size));
            load(core, segment, selector);
            to.set(core, offset);
        };
    }
}
