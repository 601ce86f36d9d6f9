package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.Vector;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Operand;
import dev.trapgate.emulator.cpu.decode.Repeat;
import dev.trapgate.emulator.cpu.decode.Segment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each operation does: the step of every decoded instruction. */
final class InstructionSet {

    /** The step of what is no instruction. */
    static final Step UNDEFINED = core -> {
        throw core.raise(Vector.UD);
    };

    private static final Step PRIVILEGED = core -> {
        throw core.raise(Vector.GP);
    };

    private static final Step NOTHING = core -> {};

    /** A class that knows the steps of some operations. */
    @FunctionalInterface
    private interface Family {
        @Nullable
        Step step(DecodedInstruction decoded, CodeKind kind);
    }

    private static final List<Family> FAMILIES = List.of(
            VectorMoves::of,
            PackedIntegers::of,
            PackedShifts::of,
            Shuffles::of,
            VectorFloats::of,
            FloatConversions::of,
            VectorState::of,
            X87Moves::of,
            X87Arithmetic::of,
            X87Comparisons::of,
            X87Functions::of,
            X87Transcendental::of,
            X87Control::of);

    private InstructionSet() {}

    /**
     * Makes an instruction's step.
     *
     * @param decoded the instruction
     * @param kind what code it is part of
     * @return its step
     */
    static Step step(DecodedInstruction decoded, CodeKind kind) {
        Step vector = vector(decoded, kind);
        return vector != null ? vector : QuickForms.step(decoded, kind).orElseGet(() -> any(decoded, kind));
    }

    /** {@return the step of an instruction of MMX, SSE, SSE2 or the x87} */
    private static @Nullable Step vector(DecodedInstruction decoded, CodeKind kind) {
        for (Family family : FAMILIES) {
            Step step = family.step(decoded, kind);
            if (step != null) {
                return step;
            }
        }
        return null;
    }

    private static Step any(DecodedInstruction decoded, CodeKind kind) {
        return switch (decoded.operation()) {
            case MOV -> Moves.mov(decoded, kind);
            case MOVZX -> Moves.zeroExtend(decoded, kind);
            case MOVSX, MOVSXD -> Moves.signExtend(decoded, kind);
            case CMOV -> Moves.ifCondition(decoded, kind);
            case SET -> Moves.setByCondition(decoded, kind);
            case XCHG -> Moves.exchange(decoded, kind);
            case LEA -> Moves.effectiveAddress(decoded, kind);
            case XLAT -> Moves.translate(decoded, kind);
            case CBW -> Moves.widenAccumulator(decoded);
            case CWD -> Moves.fillWithSign(decoded);
            case BSWAP -> Bits.swap(decoded, kind);
            case PUSH -> StackOperations.push(decoded, kind);
            case POP -> StackOperations.pop(decoded, kind);
            case PUSHA -> StackOperations.pushAll(decoded);
            case POPA -> StackOperations.popAll(decoded);
            case PUSHF -> StackOperations.pushFlags(decoded);
            case POPF -> StackOperations.popFlags(decoded);
            case ENTER -> StackOperations.enter(decoded);
            case LEAVE -> StackOperations.leave(decoded);
            case LDS -> Segments.loadFarPointer(decoded, kind, Segment.DS);
            case LES -> Segments.loadFarPointer(decoded, kind, Segment.ES);
            case LFS -> Segments.loadFarPointer(decoded, kind, Segment.FS);
            case LGS -> Segments.loadFarPointer(decoded, kind, Segment.GS);
            case LSS -> Segments.loadFarPointer(decoded, kind, Segment.SS);
            case CPUID -> Identification::cpuid;
            case RDTSC -> Identification::rdtsc;
            case NOP, PAUSE, FENCE -> NOTHING;
            case PRIVILEGED -> PRIVILEGED;
            case UD -> UNDEFINED;
            case ARPL -> SelectorQueries.adjustPrivilege(decoded, kind);
            case LAR -> SelectorQueries.rights(decoded, kind);
            case LSL -> SelectorQueries.limit(decoded, kind);
            case VERR -> SelectorQueries.isReadable(decoded, kind);
            case VERW -> SelectorQueries.isWritable(decoded, kind);
            case SGDT, SIDT, SLDT, STR, SMSW -> SystemState.store(decoded, kind);
            case INS, OUTS -> PRIVILEGED;
            case INT, INT3, INT1, INTO, IRET, SYSCALL, SYSRET, SYSENTER, SYSEXIT, SWAPGS, RDMSR, WRMSR, HLT, CLI, STI ->
                GateInstructions.of(decoded);
            default -> arithmetic(decoded, kind);
        };
    }

    private static Step arithmetic(DecodedInstruction decoded, CodeKind kind) {
        return switch (decoded.operation()) {
            case ADD -> Arithmetic.binary(decoded, kind, StatusFlags::add);
            case OR -> Arithmetic.binary(decoded, kind, StatusFlags::or);
            case ADC -> Arithmetic.binary(decoded, kind, StatusFlags::adc);
            case SBB -> Arithmetic.binary(decoded, kind, StatusFlags::sbb);
            case AND -> Arithmetic.binary(decoded, kind, StatusFlags::and);
            case SUB -> Arithmetic.binary(decoded, kind, StatusFlags::sub);
            case XOR -> Arithmetic.binary(decoded, kind, StatusFlags::xor);
            case CMP -> Arithmetic.comparison(decoded, kind, StatusFlags::sub);
            case TEST -> Arithmetic.comparison(decoded, kind, StatusFlags::and);
            case INC -> Arithmetic.unary(decoded, kind, StatusFlags::inc);
            case DEC -> Arithmetic.unary(decoded, kind, StatusFlags::dec);
            case NEG -> Arithmetic.unary(decoded, kind, (flags, a, shift) -> flags.sub(0, a, shift));
            case NOT -> Arithmetic.unary(decoded, kind, (flags, a, shift) -> ~a);
            case XADD -> Arithmetic.xadd(decoded, kind);
            case CMPXCHG -> Arithmetic.cmpxchg(decoded, kind);
            case CMPXCHG8B -> Locked.cmpxchg8b(decoded, kind);
            case MUL -> Multiplication.mul(decoded, kind);
            case IMUL -> Multiplication.imul(decoded, kind);
            case DIV -> Multiplication.div(decoded, kind);
            case IDIV -> Multiplication.idiv(decoded, kind);
            case ROL -> Shifts.of(decoded, kind, Shifts::rol);
            case ROR -> Shifts.of(decoded, kind, Shifts::ror);
            case RCL -> Shifts.of(decoded, kind, Shifts::rcl);
            case RCR -> Shifts.of(decoded, kind, Shifts::rcr);
            case SHL -> Shifts.of(decoded, kind, Shifts::shl);
            case SHR -> Shifts.of(decoded, kind, Shifts::shr);
            case SAR -> Shifts.of(decoded, kind, Shifts::sar);
            case SHLD -> Shifts.twofold(decoded, kind, Shifts::shld);
            case SHRD -> Shifts.twofold(decoded, kind, Shifts::shrd);
            case BT -> Bits.test(decoded, kind);
            case BTS -> Bits.change(decoded, kind, (value, bit) -> value | bit);
            case BTR -> Bits.change(decoded, kind, (value, bit) -> value & ~bit);
            case BTC -> Bits.change(decoded, kind, (value, bit) -> value ^ bit);
            case BSF -> Bits.scanForward(decoded, kind);
            case BSR -> Bits.scanReverse(decoded, kind);
            case DAA -> Decimal::daa;
            case DAS -> Decimal::das;
            case AAA -> Decimal::aaa;
            case AAS -> Decimal::aas;
            case AAM -> Decimal.aam(decoded);
            case AAD -> Decimal.aad(decoded);
            default -> flow(decoded, kind);
        };
    }

    private static Step flow(DecodedInstruction decoded, CodeKind kind) {
        return switch (decoded.operation()) {
            case CLC -> FlagOperations::clearCarry;
            case STC -> FlagOperations::setCarry;
            case CMC -> FlagOperations::complementCarry;
            case CLD -> FlagOperations::clearDirection;
            case STD -> FlagOperations::setDirection;
            case LAHF -> FlagOperations::loadAh;
            case SAHF -> FlagOperations::storeAh;
            case SALC -> FlagOperations::fillAlWithCarry;
            case MOVS, CMPS, STOS, LODS, SCAS -> Strings.of(decoded, kind);
            case J -> ControlFlow.jumpIf(decoded);
            case JMP -> ControlFlow.jump(decoded, kind);
            case CALL -> ControlFlow.call(decoded, kind);
            case RET -> ControlFlow.ret(decoded);
            case JMP_FAR -> ControlFlow.jumpFar(decoded, kind);
            case CALL_FAR -> ControlFlow.callFar(decoded, kind);
            case RET_FAR -> ControlFlow.retFar(decoded);
            case LOOP -> ControlFlow.loop(decoded, flags -> true);
            case LOOPE -> ControlFlow.loop(decoded, StatusFlags::zero);
            case LOOPNE -> ControlFlow.loop(decoded, flags -> !flags.zero());
            case JRCXZ -> ControlFlow.jumpIfCountIsZero(decoded);
            case BOUND -> ControlFlow.bound(decoded, kind);
            default -> throw new IllegalStateException(decoded.operation() + " has no step");
        };
    }

    /** {@return whether the program may go on elsewhere, or be another kind of code, after an instruction} */
    static boolean endsBlock(DecodedInstruction decoded) {
        return switch (decoded.operation()) {
            case J, JMP, CALL, RET, JMP_FAR, CALL_FAR, RET_FAR, LOOP, LOOPE, LOOPNE, JRCXZ -> true;
            case INT, INT3, INT1, INTO, IRET, SYSCALL, SYSRET, SYSENTER, SYSEXIT, SWAPGS -> true;
            case RDMSR, WRMSR, HLT, CLI, STI, PRIVILEGED, UD, INS, OUTS, POPF -> true;
            case LDS, LES, LFS, LGS, LSS -> true;
            case MOV, POP -> decoded.operand(0) instanceof Operand.SegmentOperand;
            case MOVS, CMPS, STOS, LODS, SCAS -> decoded.repeat() != Repeat.ONCE;
            default -> false;
        };
    }
}
