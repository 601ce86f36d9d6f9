package dev.trapgate.emulator.linux.arch.x86.kernel;

import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.Descriptor;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.ModelSpecificRegisters;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.cpu.SegmentRegister;
import dev.trapgate.emulator.cpu.Vector;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Decoder;
import dev.trapgate.emulator.cpu.decode.Mode;
import dev.trapgate.emulator.cpu.decode.Operand;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.arch.x86.Segments64;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Answers SGDT, SIDT, SLDT, STR and SMSW, which UMIP keeps from programs, with values that say nothing:
 * {@code fixup_umip_exception} of arch/x86/kernel/umip.c, Linux 5.17.
 */
public final class Umip {

    private static final int MAX_INSN_SIZE = 15;
    private static final int WORD = 2;
    private static final long DUMMY_GDT_BASE = 0xffff_ffff_fffe_0000L;
    private static final long DUMMY_IDT_BASE = 0xffff_ffff_ffff_0000L;
    /** PE, MP, ET, NE, WP, AM, PG. */
    private static final long CR0_STATE = 0x8005_0033L;

    private static final long LDT_SELECTOR = 0x50;
    private static final long LOW_32 = 0xffff_ffffL;

    private Umip() {}

    /**
     * Does in a program's place what it may not do itself.
     *
     * @param task the task that raised #GP
     * @param regs its registers
     * @return whether the instruction was one of these: it is done, or the task has got a signal for where it writes
     */
    public static boolean fixup(Task task, PtRegs regs) {
        DecodedInstruction instruction = instruction(task, regs);
        byte[] answer = instruction == null ? null : answer(task.cpu(), instruction);
        if (instruction == null || answer == null) {
            return false;
        }
        if (instruction.operand(0) instanceof Operand.Register register) {
            put(regs, register.number(), answer);
        } else if (!put(task, regs, (Operand.Memory) instruction.operand(0), answer)) {
            return true;
        }
        regs.setIp(instruction.next());
        return true;
    }

    private static @Nullable DecodedInstruction instruction(Task task, PtRegs regs) {
        byte[] code = new byte[MAX_INSN_SIZE];
        long left = task.uaccess().copyFromUser(MemorySegment.ofArray(code), regs.ip(), MAX_INSN_SIZE);
        if (left == MAX_INSN_SIZE) {
            return null;
        }
        Decoder decoder = new Decoder((address, offset) -> offset < code.length ? code[offset] & 0xff : 0);
        return decoder.decode(regs.ip(), regs.cs() == Segments64.USER_CS ? Mode.BITS_64 : Mode.BITS_32);
    }

    /** {@code emulate_umip_insn}. {@return what is stored; null for another instruction} */
    private static byte @Nullable [] answer(Cpu cpu, DecodedInstruction instruction) {
        Operand to = instruction.operands().isEmpty() ? Operand.NOTHING : instruction.operand(0);
        int size = to instanceof Operand.Register ? instruction.operandBits() / 8 : WORD;
        return switch (instruction.operation()) {
            case SGDT -> table(DUMMY_GDT_BASE, instruction);
            case SIDT -> table(DUMMY_IDT_BASE, instruction);
            case SMSW -> bytes(CR0_STATE, size);
            case STR -> bytes(Segments64.TSS, size);
            case SLDT -> bytes(cpu.tables().ldtr().isUnusable() ? 0 : LDT_SELECTOR, size);
            default -> null;
        };
    }

    /** A limit of 0, and the base. */
    private static byte[] table(long base, DecodedInstruction instruction) {
        byte[] answer = new byte[WORD + (instruction.stackBits() == 64 ? Long.BYTES : Integer.BYTES)];
        System.arraycopy(bytes(base, Long.BYTES), 0, answer, WORD, answer.length - WORD);
        return answer;
    }

    private static byte[] bytes(long value, int size) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        return Arrays.copyOf(bytes, size);
    }

    /** Only as many bytes as the operand has: 32 bits leave the upper half as it is, unlike any instruction. */
    private static void put(PtRegs regs, int register, byte[] answer) {
        ByteBuffer value = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        value.putLong(regs.register(register)).put(0, answer);
        regs.setRegister(register, value.getLong(0));
    }

    private static boolean put(Task task, PtRegs regs, Operand.Memory memory, byte[] answer) {
        long address = address(task.cpu(), regs, memory);
        if (task.uaccess().copyToUser(address, MemorySegment.ofArray(answer), answer.length) == 0) {
            return true;
        }
        // force_sig_info_umip_fault
        task.signals().noteTrap(Vector.PF, Paging.USER | Paging.WRITE);
        task.signals().noteFaultAddress(address);
        task.force(new Signal(
                Signal.SIGSEGV, Signal.SEGV_MAPERR, address, Vector.PF, Paging.USER | Paging.WRITE));
        return false;
    }

    /** {@code insn_get_addr_ref}. */
    private static long address(Cpu cpu, PtRegs regs, Operand.Memory memory) {
        long offset = memory.displacement();
        if (memory.base() != GeneralRegisters.NONE) {
            offset += regs.register(memory.base());
        }
        if (memory.index() != GeneralRegisters.NONE) {
            offset += regs.register(memory.index()) << memory.scale();
        }
        offset &= memory.addressBits() == 64 ? -1 : memory.addressBits() == 32 ? LOW_32 : 0xffff;
        return offset + base(cpu, regs, memory);
    }

    /** The kernel's GS is not the program's, whose base swapgs has put away. */
    private static long base(Cpu cpu, PtRegs regs, Operand.Memory memory) {
        boolean wide = regs.cs() == Segments64.USER_CS;
        return switch (memory.segment()) {
            case FS -> cpu.segments().fs().base();
            case GS -> cpu.msrs().read(ModelSpecificRegisters.KERNEL_GS_BASE);
            case DS -> wide ? 0 : flat(cpu.segments().ds());
            case ES -> wide ? 0 : flat(cpu.segments().es());
            default -> 0;
        };
    }

    private static long flat(SegmentRegister register) {
        return register.isUnusable() ? 0 : Descriptor.base(register.descriptor());
    }
}
