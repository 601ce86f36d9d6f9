package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.CodeSegmentLoad;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.Vector;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Operand;

/** Jumps, calls, returns and loops (SDM vol. 2, Jcc, JMP, CALL, RET, LOOP/LOOPcc, JrCXZ, BOUND). */
final class ControlFlow {

    private static final int RCX = GeneralRegisters.RCX;

    private static final String RETURN_ADDRESS = "return address";

    private ControlFlow() {}

    private static long target(DecodedInstruction decoded) {
        return ((Operand.Target) decoded.operand(0)).address();
    }

    static Step jumpIf(DecodedInstruction decoded) {
        long target = target(decoded);
        return switch (decoded.condition()) {
            case 0x2 ->
                core -> {
                    if (core.flags.carry()) {
                        core.next = target;
                    }
                };
            case 0x3 ->
                core -> {
                    if (!core.flags.carry()) {
                        core.next = target;
                    }
                };
            case 0x4 ->
                core -> {
                    if (core.flags.zero()) {
                        core.next = target;
                    }
                };
            case 0x5 ->
                core -> {
                    if (!core.flags.zero()) {
                        core.next = target;
                    }
                };
            case 0x6 ->
                core -> {
                    if (core.flags.carry() || core.flags.zero()) {
                        core.next = target;
                    }
                };
            case 0x7 ->
                core -> {
                    if (!core.flags.carry() && !core.flags.zero()) {
                        core.next = target;
                    }
                };
            case 0xc ->
                core -> {
                    if (core.flags.sign() != core.flags.overflow()) {
                        core.next = target;
                    }
                };
            case 0xd ->
                core -> {
                    if (core.flags.sign() == core.flags.overflow()) {
                        core.next = target;
                    }
                };
            case 0xe ->
                core -> {
                    if (core.flags.zero() || core.flags.sign() != core.flags.overflow()) {
                        core.next = target;
                    }
                };
            case 0xf ->
                core -> {
                    if (!core.flags.zero() && core.flags.sign() == core.flags.overflow()) {
                        core.next = target;
                    }
                };
            default -> rarelyJumpIf(decoded.condition(), target);
        };
    }

    private static Step rarelyJumpIf(int condition, long target) {
        return core -> {
            if (core.flags.test(condition)) {
                core.next = target;
            }
        };
    }

    static Step jump(DecodedInstruction decoded, CodeKind kind) {
        if (decoded.operand(0) instanceof Operand.Target near) {
            long target = near.address();
            return core -> core.next = target;
        }
        Source source = Places.source(decoded.operand(0), kind);
        return kind == CodeKind.BITS_64 ? core -> core.jump64(source.get(core)) : core -> core.next = source.get(core);
    }

    static Step call(DecodedInstruction decoded, CodeKind kind) {
        long back = decoded.next();
        int size = decoded.operandBits() / 8;
        if (decoded.operand(0) instanceof Operand.Target near) {
            long target = near.address();
            return switch (size) {
                case 8 ->
                    core -> {
                        core.push64(back, RETURN_ADDRESS);
                        core.next = target;
                    };
                case 4 ->
                    core -> {
                        core.push32(back, RETURN_ADDRESS);
                        core.next = target;
                    };
                default ->
                    core -> {
                        core.push(back, 2);
                        core.next = target;
                    };
            };
        }
        Source source = Places.source(decoded.operand(0), kind);
        if (kind == CodeKind.BITS_64) {
            return core -> {
                long target = source.get(core);
                core.jump64(target);
                core.push64(back, RETURN_ADDRESS);
            };
        }
        return core -> {
            long target = source.get(core);
            if (size == Integer.BYTES) {
                core.push32(back, RETURN_ADDRESS);
            } else {
                core.push(back, size);
            }
            core.next = target;
        };
    }

    static Step ret(DecodedInstruction decoded) {
        long released = released(decoded);
        return switch (decoded.operandBits()) {
            case 64 ->
                core -> {
                    core.jump64(core.peek(0, 8));
                    core.setStackPointer(core.stackPointer(8 + released));
                };
            case 32 ->
                core -> {
                    core.next = core.pop32(RETURN_ADDRESS);
                    core.setStackPointer(core.stackPointer(released));
                };
            default ->
                core -> {
                    core.next = core.pop(2);
                    core.setStackPointer(core.stackPointer(released));
                };
        };
    }

    private static long released(DecodedInstruction decoded) {
        return decoded.operand(0) instanceof Operand.Immediate immediate ? immediate.value() : 0;
    }

    // Far.

    /** What a far transfer does between the checks and the load of CS. */
    @FunctionalInterface
    private interface Between {
        void run(Core core);
    }

    static Step jumpFar(DecodedInstruction decoded, CodeKind kind) {
        return far(decoded, kind, core -> {});
    }

    static Step callFar(DecodedInstruction decoded, CodeKind kind) {
        int size = decoded.operandBits() / 8;
        long back = decoded.next();
        return far(decoded, kind, core -> {
            core.poke(-size, size, core.cpu.segments().cs().selector());
            core.poke(-2L * size, size, back);
            core.setStackPointer(core.stackPointer(-2L * size));
        });
    }

    private static Step far(DecodedInstruction decoded, CodeKind kind, Between between) {
        if (decoded.operand(0) instanceof Operand.FarPointer pointer) {
            return core -> far(core, pointer.selector(), pointer.offset(), between);
        }
        int size = decoded.operandBits() / 8;
        Address address = Address.of((Operand.Memory) decoded.operand(0), kind);
        return core -> {
            long offset = core.memory.read(address.linear(core), size);
            int selector = (int) core.memory.read16(address.linear(core, size));
            far(core, selector, offset, between);
        };
    }

    private static void far(Core core, int selector, long offset, Between between) {
        core.check(CodeSegmentLoad.check(core.cpu, selector, offset));
        between.run(core);
        core.check(CodeSegmentLoad.load(core.cpu, selector));
        core.next = offset;
        core.leave();
    }

    /** To the same privilege level alone: at CPL 3 there is no outer one, and an inner one is #GP. */
    static Step retFar(DecodedInstruction decoded) {
        int size = decoded.operandBits() / 8;
        long released = released(decoded);
        return core -> {
            long offset = core.peek(0, size);
            int selector = (int) core.peek(size, size) & 0xffff;
            boolean inner = (selector & 3) < core.cpu.cpl() && (selector & 0xfffc) != 0;
            core.check(
                    inner
                            ? dev.trapgate.emulator.cpu.Fault.of(Vector.GP, selector & 0xfffc)
                            : CodeSegmentLoad.check(core.cpu, selector, offset));
            long sp = core.stackPointer(2L * size + released);
            core.check(CodeSegmentLoad.load(core.cpu, selector));
            core.setStackPointer(sp);
            core.next = offset;
            core.leave();
        };
    }

    // Loops.

    /** Counts, and says whether to go on. */
    @FunctionalInterface
    interface While {
        boolean holds(StatusFlags flags);
    }

    static Step loop(DecodedInstruction decoded, While condition) {
        long target = target(decoded);
        int bits = decoded.addressBits();
        return core -> {
            long count = setCount(core, bits, core.registers.get(RCX) - 1);
            if (count != 0 && condition.holds(core.flags)) {
                core.next = target;
            }
        };
    }

    static Step jumpIfCountIsZero(DecodedInstruction decoded) {
        long target = target(decoded);
        long mask = Places.mask(decoded.addressBits());
        return core -> {
            if ((core.registers.get(RCX) & mask) == 0) {
                core.next = target;
            }
        };
    }

    /** Sets rcx, ecx or cx. {@return its new value, zero-extended} */
    static long setCount(Core core, int bits, long count) {
        Strings.setPointer(core, RCX, bits, count);
        return core.registers.get(RCX) & Places.mask(bits);
    }

    /** BOUND: a signed index against two bounds in memory, else #BR. */
    static Step bound(DecodedInstruction decoded, CodeKind kind) {
        int size = decoded.operandBits() / 8;
        int shift = 64 - decoded.operandBits();
        Source index = Places.source(decoded.operand(0), kind);
        Address address = Address.of((Operand.Memory) decoded.operand(1), kind);
        return core -> {
            long value = index.get(core) << shift >> shift;
            long lower = core.memory.read(address.linear(core), size) << shift >> shift;
            long upper = core.memory.read(address.linear(core, size), size) << shift >> shift;
            core.check(core.cpu.bound((int) value, (int) lower, (int) upper));
        };
    }
}
