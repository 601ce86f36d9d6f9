package dev.trapgate.emulator.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.emulator.cpu.Descriptor.Width;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.host.elf.LoadSegment;
import dev.trapgate.host.elf.LoadSegment.Access;
import dev.trapgate.host.elf.MemoryExecutable;
import dev.trapgate.host.elf.StaticExecutable;
import dev.trapgate.host.stub.MachineCode;
import dev.trapgate.host.vdso.ElfClass;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;

/**
 * Runs passages on this machine's processor and kernel: each in a child process, an ELF image written for it. The image
 * sets handlers for the signals of faults, on a stack of their own; loads every register; enters the passage by IRETQ,
 * which loads its address, code segment, flags and stack at once; and its handler writes down what it is told.
 *
 * <p>A passage of 32-bit code runs in a process of i386, which has the 32-bit vDSO. That process prepares itself in 64-bit
 * code, to which it jumps first (SEMANTICS.md 27); so its signal frames are those of x86-64 too.
 */
final class RealHardware {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private static final long PREPARATION = 0x40_0000;

    /** A page of parameters, then the handlers' stack. */
    private static final long CONTROL = 0x4000_0000;

    private static final int CONTROL_SIZE = 0x2_0000;
    private static final int THREAD_DESCRIPTOR = 0x20;
    private static final int REGISTERS = 0x100;
    private static final int HANDLER_STACK = 0x1000;

    /** In 32-bit code: to the preparation's 64-bit part, which follows. */
    private static final MachineCode TO_64_BIT_CODE = MachineCode.of("ea 07 00 40 00 33 00"); // jmp 0x33:0x400007

    /**
     * Keeps AT_SYSINFO in a thread area at CONTROL - 0x10, and lets gs lead there: what a C library does at the start.
     */
    private static final MachineCode FIND_VSYSCALL = MachineCode.of(
            "bb 00 00 00 40", //       mov ebx, 0x40000000
            "89 e6", //                mov esi, esp
            "ad", //                   lodsd                     argc
            "48 8d 74 86 04", //       lea rsi, [rsi+rax*4+4]    past argv and its end
            "ad", //                1: lodsd                     past the environment
            "85 c0", //                test eax, eax
            "75 fb", //                jne 1b
            "ad", //                2: lodsd                     a_type
            "89 c2", //                mov edx, eax
            "ad", //                   lodsd                     a_val
            "83 fa 20", //             cmp edx, 32               AT_SYSINFO
            "74 06", //                je 3f
            "85 d2", //                test edx, edx             AT_NULL
            "75 f3", //                jne 2b
            "31 c0", //                xor eax, eax
            "89 03", //             3: mov [rbx], eax
            "8d 5b 20", //             lea ebx, [rbx+0x20]
            "b8 f3 00 00 00", //       mov eax, 243              set_thread_area, i386
            "cd 80", //                int 0x80
            "b8 63 00 00 00", //       mov eax, 0x63             entry 12, level 3
            "8e e8"); //               mov gs, eax

    private static final MachineCode START = MachineCode.of(
            "bb 00 00 00 40", //       mov ebx, 0x40000000
            "b8 27 00 00 00", //       mov eax, 39               getpid
            "0f 05", //                syscall
            "48 89 43 08"); //         mov [rbx+0x8], rax

    private static final MachineCode TO_STATE = MachineCode.of("48 8d a3 00 01 00 00"); // lea rsp, [rbx+0x100]

    /** Writes siginfo_t, the registers of ucontext_t, the data page, AT_SYSINFO and the process id. */
    private static final MachineCode HANDLER = MachineCode.of(
            "48 89 d3", //             mov rbx, rdx
            "bf 01 00 00 00", //       mov edi, 1
            "ba 80 00 00 00", //       mov edx, 128
            "b8 01 00 00 00", //       mov eax, 1                write
            "0f 05", //                syscall
            "48 8d 73 28", //          lea rsi, [rbx+40]         uc_mcontext
            "ba b8 00 00 00", //       mov edx, 184
            "b8 01 00 00 00", //       mov eax, 1
            "0f 05", //                syscall
            "be 00 00 00 30", //       mov esi, 0x30000000
            "ba 00 10 00 00", //       mov edx, 4096
            "b8 01 00 00 00", //       mov eax, 1
            "0f 05", //                syscall
            "be 00 00 00 40", //       mov esi, 0x40000000
            "ba 10 00 00 00", //       mov edx, 16
            "b8 01 00 00 00", //       mov eax, 1
            "0f 05", //                syscall
            "31 ff", //                xor edi, edi
            "b8 e7 00 00 00", //       mov eax, 231              exit_group
            "0f 05"); //               syscall

    private static final int SIGINFO_SIZE = 128;
    private static final int REGISTERS_SIZE = SignalState.WORDS * Long.BYTES;
    private static final int REPORT_SIZE = SIGINFO_SIZE + REGISTERS_SIZE + Passage.PAGE_SIZE + 16;

    private RealHardware() {}

    /** {@return what a passage leaves behind here} */
    static Outcome run(Passage passage) throws IOException {
        MemoryExecutable.Output output = MemoryExecutable.outputOf(image(passage), DEADLINE);
        assertThat(output.exitStatus()).as("exit status of the child").isZero();
        assertThat(output.standardOutput()).hasSize(REPORT_SIZE);
        return outcome(ByteBuffer.wrap(output.standardOutput()).order(ByteOrder.LITTLE_ENDIAN));
    }

    private static byte[] image(Passage passage) {
        boolean wide = passage.width() == Width.BITS_64;
        MachineCode start = wide ? START : TO_64_BIT_CODE.then(FIND_VSYSCALL).then(START);
        MachineCode prepared =
                start.then(SignalState.handleFaults()).then(TO_STATE).then(SignalState.enter());
        long handler = PREPARATION + prepared.toByteArray().length;
        return StaticExecutable.of(
                wide ? ElfClass.ELF64 : ElfClass.ELF32,
                PREPARATION,
                LoadSegment.of(
                        PREPARATION, Access.READ_EXECUTE, prepared.then(HANDLER).toByteArray()),
                LoadSegment.of(Passage.CODE, Access.READ_EXECUTE, passage.code().toByteArray()),
                LoadSegment.of(Passage.DATA, Access.READ_WRITE, passage.data()),
                new LoadSegment(CONTROL, CONTROL_SIZE, Access.READ_WRITE, parameters(passage, handler)));
    }

    private static byte[] parameters(Passage passage, long handler) {
        ByteBuffer page = ByteBuffer.allocate(HANDLER_STACK).order(ByteOrder.LITTLE_ENDIAN);
        page.position(THREAD_DESCRIPTOR)
                .putInt(-1) // entry_number: any
                .putInt((int) CONTROL - 0x10) // base_addr
                .putInt(0xf_ffff) // limit, in pages
                .putInt(0x51); // seg_32bit, limit_in_pages, useable
        SignalState.putHandler(page, handler, CONTROL + HANDLER_STACK, CONTROL_SIZE - HANDLER_STACK);
        page.position(REGISTERS);
        SignalState.put(page, passage::register, passage.start(), passage.width(), passage.flags());
        return page.array();
    }

    private static Outcome outcome(ByteBuffer report) {
        int end = REPORT_SIZE - 16;
        Outcome outcome = new Outcome(report.getLong(end + 8), Integer.toUnsignedLong(report.getInt(end)));
        SignalState state = new SignalState(report, SIGINFO_SIZE);
        for (int register = 0; register < GeneralRegisters.COUNT; register++) {
            outcome.register(register, state.register(register));
        }
        outcome.control(state.ip(), state.flags(), state.cs(), state.ss());
        Signal signal =
                new Signal(report.getInt(0), report.getInt(8), report.getLong(16), state.vector(), state.error());
        outcome.signal(signal, state.cr2());
        byte[] data = new byte[Passage.PAGE_SIZE];
        report.get(SIGINFO_SIZE + REGISTERS_SIZE, data);
        outcome.data(data);
        return outcome;
    }
}
