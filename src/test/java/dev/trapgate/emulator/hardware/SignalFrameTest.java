package dev.trapgate.emulator.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.CallingWay;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.EmulatedThread;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.Descriptor.Width;
import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.mm.Mm;
import dev.trapgate.emulator.linux.mm.Vma;
import dev.trapgate.entry.Gate;
import dev.trapgate.host.OpenGate;
import dev.trapgate.host.elf.LoadSegment;
import dev.trapgate.host.elf.LoadSegment.Access;
import dev.trapgate.host.elf.MemoryExecutable;
import dev.trapgate.host.elf.StaticExecutable;
import dev.trapgate.host.stub.MachineCode;
import dev.trapgate.host.vdso.ElfClass;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * SEMANTICS.md 29 to 31: the same program with the same handler under the real kernel and under the emulated one. Both
 * enter the handler with the same registers and frame, and both leave the program with the same registers afterwards.
 */
class SignalFrameTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private static final long PREPARATION = 0x40_0000;
    private static final long BODY = 0x2000_0000;
    private static final int HANDLER_OFFSET = 0x800;
    private static final long HANDLER = BODY + HANDLER_OFFSET;
    private static final int RESTORER_OFFSET = 0xc00;
    private static final long RESTORER = BODY + RESTORER_OFFSET;
    private static final long DATA = 0x4000_0000;
    private static final int DATA_SIZE = 0x1_0000;
    private static final int AFTER = 0x100;
    private static final int ACTION = 0x200;
    private static final int STACK_T = 0x240;
    private static final int SET = 0x280;
    private static final int EMPTY_SET = 0x290;
    private static final int IDENTITY = 0x2a0;
    private static final int SELECTOR = 0x2a8;
    private static final int FILTER_PROGRAM = 0x2b0;
    private static final int FILTER_CODE = 0x2c0;
    private static final int REPORT = 0x300;
    private static final long STACK_POINTER = DATA + 0x7f80;
    private static final long HANDLER_STACK = DATA + 0x8000;
    private static final int HANDLER_STACK_SIZE = 0x7000;
    private static final int SIGUSR1 = 10;
    private static final int SIGSYS = 31;
    private static final long MASK = 0x0000_0002_0000_2000L;
    private static final long FLAGS = Flags.CF | Flags.DF | Flags.OF;

    private static final long SA_SIGINFO = 4;
    private static final long SA_RESTORER = 0x0400_0000;
    private static final long SA_ONSTACK = 0x0800_0000;
    private static final long SA_RESTART = 0x1000_0000;
    private static final long SA_NODEFER = 0x4000_0000;
    private static final long SA_RESETHAND = 0x8000_0000L;

    private static final int MOST_STEPS = 100;

    /**
     * A program and its handler.
     *
     * @param what what it does, a clause
     * @param width of its code
     * @param flags of its action
     * @param signal the signal that it handles
     * @param setUp calls that come before it: the numbers of x86-64 and i386, then arguments
     * @param body its code
     */
    private record Program(String what, Width width, long flags, int signal, List<long[]> setUp, MachineCode body) {

        Program(String what, Width width, long flags, MachineCode body) {
            this(what, width, flags, SIGUSR1, List.of(), body);
        }

        boolean isWide() {
            return width == Width.BITS_64;
        }

        int word() {
            return isWide() ? 8 : 4;
        }

        @Override
        public String toString() {
            return what + (isWide() ? ", 64-bit" : ", 32-bit");
        }
    }

    /** Sends SIGUSR1 to itself. */
    private static final String[] KILL_64 = {
        "b8 27 00 00 00", // mov eax, 39            getpid
        "0f 05", //          syscall
        "89 c7", //          mov edi, eax
        "be 0a 00 00 00", // mov esi, 10            SIGUSR1
        "b8 3e 00 00 00", // mov eax, 62            kill
        "0f 05" //           syscall
    };

    /** Waits with no signal blocked. */
    private static final String[] SUSPEND_64 = {
        "bf 90 02 00 40", // mov edi, 0x40000290
        "be 08 00 00 00", // mov esi, 8
        "b8 82 00 00 00", // mov eax, 130           rt_sigsuspend
        "0f 05" //           syscall
    };

    private static final String[] BLOCK_64 = {
        "bf 00 00 00 00", // mov edi, 0             SIG_BLOCK
        "be 80 02 00 40", // mov esi, 0x40000280
        "ba 00 00 00 00", // mov edx, 0
        "b8 0e 00 00 00", // mov eax, 14            rt_sigprocmask; r10 is 8 from the start
        "0f 05" //           syscall
    };

    private static final String[] KILL_32 = {
        "b8 14 00 00 00", // mov eax, 20            getpid
        "cd 80", //          int 0x80
        "89 c3", //          mov ebx, eax
        "b9 0a 00 00 00", // mov ecx, 10            SIGUSR1
        "b8 25 00 00 00", // mov eax, 37            kill
        "cd 80" //           int 0x80
    };

    private static final String[] BLOCK_32 = {
        "bb 00 00 00 00", // mov ebx, 0             SIG_BLOCK
        "b9 80 02 00 40", // mov ecx, 0x40000280
        "ba 00 00 00 00", // mov edx, 0
        "be 08 00 00 00", // mov esi, 8
        "b8 af 00 00 00", // mov eax, 175           rt_sigprocmask
        "cd 80" //           int 0x80
    };

    private static final String[] SUSPEND_32 = {
        "bb 90 02 00 40", // mov ebx, 0x40000290
        "b9 08 00 00 00", // mov ecx, 8
        "b8 b3 00 00 00", // mov eax, 179           rt_sigsuspend
        "cd 80" //           int 0x80
    };

    private static final String[] GETPPID_64 = {
        "b8 6e 00 00 00", // mov eax, 110           getppid
        "0f 05" //           syscall
    };

    private static final String[] GETPPID_32 = {
        "b8 40 00 00 00", // mov eax, 64            getppid
        "cd 80" //           int 0x80
    };

    /** PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP. */
    private static final List<long[]> FILTER =
            List.of(new long[] {157, 172, 38, 1, 0, 0, 0}, new long[] {157, 172, 22, 2, DATA + FILTER_PROGRAM});

    /** PR_SET_SYSCALL_USER_DISPATCH for the body alone. */
    private static final List<long[]> DISPATCH =
            List.<long[]>of(new long[] {157, 172, 59, 1, PREPARATION, PageFrames.PAGE_SIZE, DATA + SELECTOR});

    @BeforeAll
    static void needsThisProcessor() {
        OpenGate.orSkip(Gate.INT80);
    }

    private static MachineCode code(String[]... parts) {
        return MachineCode.of(Stream.of(parts).flatMap(Arrays::stream).toArray(String[]::new));
    }

    static Stream<Program> programs() {
        List<Program> programs = new ArrayList<>();
        MachineCode kill64 = code(KILL_64);
        MachineCode suspend64 = code(BLOCK_64, KILL_64, SUSPEND_64);
        MachineCode kill32 = code(KILL_32);
        MachineCode suspend32 = code(BLOCK_32, KILL_32, SUSPEND_32);
        for (Width width : List.of(Width.BITS_64, Width.BITS_32)) {
            boolean wide = width == Width.BITS_64;
            long restorer = wide ? SA_RESTORER : 0;
            MachineCode kill = wide ? kill64 : kill32;
            MachineCode suspend = wide ? suspend64 : suspend32;
            programs.add(new Program("kill", width, restorer, kill));
            programs.add(new Program("kill, siginfo", width, restorer | SA_SIGINFO, kill));
            programs.add(new Program("kill, siginfo, own stack", width, restorer | SA_SIGINFO | SA_ONSTACK, kill));
            programs.add(new Program("kill, own stack", width, restorer | SA_ONSTACK, kill));
            programs.add(new Program("kill, restorer", width, SA_RESTORER, kill));
            programs.add(new Program("kill, once, not deferred", width, restorer | SA_NODEFER | SA_RESETHAND, kill));
            programs.add(new Program("sigsuspend", width, restorer, suspend));
            programs.add(new Program("sigsuspend, siginfo", width, restorer | SA_SIGINFO, suspend));
            programs.add(new Program("sigsuspend, restart", width, restorer | SA_RESTART, suspend));
        }
        for (Width width : List.of(Width.BITS_64, Width.BITS_32)) {
            boolean wide = width == Width.BITS_64;
            long flags = SA_SIGINFO | (wide ? SA_RESTORER : 0);
            MachineCode getppid = wide ? MachineCode.of(GETPPID_64) : MachineCode.of(GETPPID_32);
            programs.add(new Program("seccomp's trap", width, flags, SIGSYS, FILTER, getppid));
            programs.add(new Program("syscall user dispatch", width, flags, SIGSYS, DISPATCH, getppid));
        }
        return programs.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("programs")
    void handlerAndProgramFindTheSame(Program program) throws IOException {
        assertThat(parts(program, emulated(program))).isEqualTo(parts(program, real(program)));
    }

    private static Map<String, String> parts(Program program, SignalFrame frame) {
        boolean own = (program.flags() & SA_ONSTACK) != 0;
        return frame.parts(
                RESTORER, own ? HANDLER_STACK : DATA, own ? HANDLER_STACK + HANDLER_STACK_SIZE : STACK_POINTER);
    }

    // The memory that both start with.

    private static byte[] data(Program program) {
        ByteBuffer data = ByteBuffer.allocate(DATA_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        int word = program.word();
        put(data, ACTION, word, HANDLER, program.flags(), RESTORER);
        data.putLong(ACTION + 3 * word, MASK);
        put(data, STACK_T, word, HANDLER_STACK, 0, HANDLER_STACK_SIZE);
        data.putLong(SET, 1L << (SIGUSR1 - 1));
        data.putLong(EMPTY_SET, 0);
        data.put(SELECTOR, (byte) 1);
        data.putShort(FILTER_PROGRAM, (short) 4);
        put(data, FILTER_PROGRAM + word, word, DATA + FILTER_CODE);
        data.putLong(FILTER_CODE, 0x20); // ld nr
        data.putLong(FILTER_CODE + 8, 0x15 | 1L << 24 | (program.isWide() ? 110L : 64L) << 32); // jeq getppid
        data.putLong(FILTER_CODE + 16, 0x06 | 0x0003_1234L << 32); // ret TRAP
        data.putLong(FILTER_CODE + 24, 0x06 | 0x7fff_0000L << 32); // ret ALLOW
        return data.array();
    }

    private static void put(ByteBuffer data, int at, int word, long... values) {
        for (int i = 0; i < values.length; i++) {
            if (word == 8) {
                data.putLong(at + 8 * i, values[i]);
            } else {
                data.putInt(at + 4 * i, (int) values[i]);
            }
        }
    }

    private static long filler(Program program, int register) {
        if (register == GeneralRegisters.RSP) {
            return STACK_POINTER;
        }
        if (register == GeneralRegisters.R10) {
            return Long.BYTES;
        }
        long low = 0x0101_0101L * (register + 1);
        return program.isWide() ? (0x1234_0000L + register) << 32 | low : low;
    }

    private static MachineCode restorer(Program program) {
        if (program.isWide()) {
            return MachineCode.of("b8 0f 00 00 00", "0f 05"); // mov eax, 15; syscall
        }
        return (program.flags() & SA_SIGINFO) != 0
                ? MachineCode.of("b8 ad 00 00 00", "cd 80") // mov eax, 173; int 0x80
                : MachineCode.of("58", "b8 77 00 00 00", "cd 80"); // pop eax; mov eax, 119; int 0x80
    }

    private static byte[] codePage(Program program, MachineCode afterwards, MachineCode handler) {
        byte[] page = new byte[PageFrames.PAGE_SIZE];
        copy(program.body().then(afterwards), page, 0, HANDLER_OFFSET);
        copy(handler, page, HANDLER_OFFSET, RESTORER_OFFSET);
        copy(restorer(program), page, RESTORER_OFFSET, page.length);
        return page;
    }

    private static void copy(MachineCode code, byte[] page, int at, int end) {
        byte[] bytes = code.toByteArray();
        assertThat(at + bytes.length).isLessThanOrEqualTo(end);
        System.arraycopy(bytes, 0, page, at, bytes.length);
    }

    // The real kernel.

    private static SignalFrame real(Program program) throws IOException {
        byte[] page = codePage(program, save(program, AFTER).then(end(program)), realHandler(program));
        byte[] image = StaticExecutable.of(
                program.isWide() ? ElfClass.ELF64 : ElfClass.ELF32,
                PREPARATION,
                LoadSegment.of(
                        PREPARATION, Access.READ_EXECUTE, preparation(program).toByteArray()),
                LoadSegment.of(BODY, Access.READ_EXECUTE, page),
                new LoadSegment(DATA, DATA_SIZE, Access.READ_WRITE, data(program)));
        MemoryExecutable.Output output = MemoryExecutable.outputOf(image, DEADLINE);
        assertThat(output.exitStatus()).as("exit status of the child").isZero();
        byte[] out = output.standardOutput();
        assertThat(out).hasSize(SignalFrame.FRAME_SIZE + REPORT);
        byte[] frame = Arrays.copyOf(out, SignalFrame.FRAME_SIZE);
        byte[] report = Arrays.copyOfRange(out, SignalFrame.FRAME_SIZE, out.length);
        ByteBuffer identity = SignalFrame.buffer(report);
        return frame(
                program,
                Arrays.copyOf(report, SignalFrame.REGISTERS_SIZE),
                frame,
                Arrays.copyOfRange(report, AFTER, AFTER + SignalFrame.REGISTERS_SIZE),
                identity.getInt(IDENTITY),
                identity.getInt(IDENTITY + 4));
    }

    private static SignalFrame frame(Program program, byte[] entry, byte[] frame, byte[] after, int pid, int uid) {
        return new SignalFrame(
                program.width(),
                SignalFrame.buffer(entry),
                SignalFrame.buffer(frame),
                SignalFrame.buffer(after),
                pid,
                uid,
                BODY,
                HANDLER,
                (program.flags() & SA_SIGINFO) != 0);
    }

    private static String bytes(long value, int size) {
        byte[] all = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        return HexFormat.ofDelimiter(" ").formatHex(all, 0, size);
    }

    private static MachineCode call(Program program, int number64, int number32, long... arguments) {
        List<String> listing = new ArrayList<>();
        String[] moves = program.isWide()
                ? new String[] {"bf", "be", "ba", "41 ba", "41 b8"}
                : new String[] {"bb", "b9", "ba", "be", "bf"};
        for (int i = 0; i < arguments.length; i++) {
            listing.add(moves[i] + " " + bytes(arguments[i], 4));
        }
        listing.add("b8 " + bytes(program.isWide() ? number64 : number32, 4));
        listing.add(program.isWide() ? "0f 05" : "cd 80");
        return MachineCode.of(listing.toArray(String[]::new));
    }

    private static MachineCode preparation(Program program) {
        MachineCode code = call(program, 13, 174, program.signal(), DATA + ACTION, 0, 8) // rt_sigaction
                .then(call(program, 131, 186, DATA + STACK_T, 0)) // sigaltstack
                .then(call(program, 39, 20)) // getpid
                .then(MachineCode.of(store(program, IDENTITY)))
                .then(call(program, 102, 199)) // getuid
                .then(MachineCode.of(store(program, IDENTITY + 4)));
        for (long[] before : program.setUp()) {
            long[] arguments = Arrays.copyOfRange(before, 2, before.length);
            code = code.then(call(program, (int) before[0], (int) before[1], arguments));
        }
        if (!program.isWide()) {
            // A 32-bit stack pointer cannot be pushed to before it is set.
            code = code.then(MachineCode.of("bc " + bytes(STACK_POINTER, 4))); // mov esp, …
        }
        code = code.then(MachineCode.of("68 " + bytes(Flags.FIXED | Flags.IF | FLAGS, 4), "9d")); // push …; popf
        for (int register = 0; register < (program.isWide() ? 16 : 8); register++) {
            String opcode = bytes(0xb8 + (register & 7), 1);
            String prefix = register >= 8 ? "49 " : "48 ";
            code = code.then(MachineCode.of(
                    program.isWide()
                            ? prefix + opcode + " " + bytes(filler(program, register), 8)
                            : opcode + " " + bytes(filler(program, register), 4)));
        }
        int from = code.toByteArray().length + 5;
        return code.then(MachineCode.of("e9 " + bytes(BODY - (PREPARATION + from), 4))); // jmp body
    }

    /** mov [data+offset], eax. */
    private static String store(Program program, int offset) {
        return (program.isWide() ? "89 04 25 " : "89 05 ") + bytes(DATA + offset, 4);
    }

    /** Writes all registers down, without changing any. */
    private static MachineCode save(Program program, int offset) {
        List<String> listing = new ArrayList<>();
        String absolute = program.isWide() ? " 04 25 " : " 05 ";
        for (int register = 0; register < (program.isWide() ? 16 : 8); register++) {
            int modrm = (program.isWide() ? 0x04 : 0x05) | (register & 7) << 3;
            String prefix = program.isWide() ? (register >= 8 ? "4c " : "48 ") : "";
            String base = program.isWide() ? " 25 " : " ";
            listing.add(prefix + "89 " + bytes(modrm, 1) + base + bytes(DATA + offset + 8L * register, 4));
        }
        int[] selectors = {1, 2, 3, 0}; // cs, ss, ds, es
        for (int i = 0; i < selectors.length; i++) {
            int modrm = (program.isWide() ? 0x04 : 0x05) | selectors[i] << 3;
            String base = program.isWide() ? " 25 " : " ";
            listing.add("8c " + bytes(modrm, 1) + base + bytes(DATA + offset + SignalFrame.SELECTORS + 4L * i, 4));
        }
        listing.add("9c"); // pushf
        listing.add("8f" + absolute + bytes(DATA + offset + SignalFrame.FLAGS, 4)); // pop
        return MachineCode.of(listing.toArray(String[]::new));
    }

    private static MachineCode realHandler(Program program) {
        MachineCode write = program.isWide()
                ? MachineCode.of("48 89 e6", "bf 01 00 00 00", "ba " + bytes(SignalFrame.FRAME_SIZE, 4)) // mov rsi, rsp
                        .then(MachineCode.of("b8 01 00 00 00", "0f 05"))
                : MachineCode.of("89 e1", "bb 01 00 00 00", "ba " + bytes(SignalFrame.FRAME_SIZE, 4)) // mov ecx, esp
                        .then(MachineCode.of("b8 04 00 00 00", "cd 80"));
        String allow =
                (program.isWide() ? "c6 04 25 " : "c6 05 ") + bytes(DATA + SELECTOR, 4) + " 00"; // mov byte […], 0
        return save(program, 0).then(MachineCode.of(allow)).then(write).then(MachineCode.of("c3")); // ret
    }

    private static MachineCode end(Program program) {
        return call(program, 1, 4, 1, DATA, REPORT).then(call(program, 231, 252, 0)); // write, exit_group
    }

    // The emulated kernel.

    private static SignalFrame emulated(Program program) {
        try (EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.AMD)) {
            byte[] page = codePage(program, MachineCode.of("0f 0b"), MachineCode.of("c3")); // ud2; ret
            map(machine, BODY, Mm.PROT_READ | Mm.PROT_EXEC, page);
            map(machine, DATA, Mm.PROT_READ | Mm.PROT_WRITE, data(program));
            EmulatedThread thread = machine.newThread();
            Cpu cpu = thread.cpu();
            CallingWay way = program.isWide() ? CallingWay.SYSCALL : CallingWay.INT80_32;
            Abi abi = way.abi();
            assertThat(thread.call(way, Syscall.RT_SIGACTION.number(abi), program.signal(), DATA + ACTION, 0, 8, 0, 0))
                    .isZero();
            assertThat(thread.call(way, Syscall.SIGALTSTACK.number(abi), DATA + STACK_T, 0, 0, 0, 0, 0))
                    .isZero();
            for (long[] before : program.setUp()) {
                long[] all = Arrays.copyOf(before, 8);
                int number = (int) (program.isWide() ? all[0] : all[1]);
                assertThat(thread.call(way, number, all[2], all[3], all[4], all[5], all[6], all[7]))
                        .isZero();
            }
            thread.begin(program.width());
            if (!program.isWide()) {
                cpu.loadSegment(cpu.segments().gs(), 0);
            }
            cpu.setRflags(Flags.IF | FLAGS);
            for (int register = 0; register < (program.isWide() ? 16 : 8); register++) {
                cpu.registers().set(register, filler(program, register));
            }
            cpu.setRip(BODY);
            stepTo(thread, HANDLER);
            byte[] entry = registers(cpu);
            byte[] frame = new byte[SignalFrame.FRAME_SIZE];
            for (int i = 0; i < frame.length; i++) {
                frame[i] = (byte) cpu.mmu().read8(cpu.registers().get(GeneralRegisters.RSP) + i, Paging.READ);
            }
            thread.task().uaccess().putUser32(DATA + SELECTOR, 0);
            stepTo(thread, BODY + program.body().toByteArray().length);
            int uid = machine.process().credentials().uid();
            return frame(
                    program, entry, frame, registers(cpu), machine.process().tgid(), uid);
        }
    }

    private static void stepTo(EmulatedThread thread, long address) {
        int steps = 0;
        while (thread.cpu().rip() != address && steps < MOST_STEPS) {
            assertThat(thread.step()).as("%s", thread.task().end()).isTrue();
            steps++;
        }
        assertThat(thread.cpu().rip()).isEqualTo(address);
    }

    private static void map(EmulatedMachine machine, long address, int protection, byte[] contents) {
        PageFrames frames = new PageFrames(contents.length / PageFrames.PAGE_SIZE);
        MemorySegment.copy(MemorySegment.ofArray(contents), 0, frames.bytes(), 0, contents.length);
        Vma area = new Vma(address, address + contents.length, protection, "program");
        assertThat(machine.process().mm().map(area, frames)).isTrue();
    }

    private static byte[] registers(Cpu cpu) {
        ByteBuffer saved = ByteBuffer.allocate(SignalFrame.REGISTERS_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        for (int register = 0; register < GeneralRegisters.COUNT; register++) {
            saved.putLong(cpu.registers().get(register));
        }
        saved.putInt(cpu.segments().cs().selector());
        saved.putInt(cpu.segments().ss().selector());
        saved.putInt(cpu.segments().ds().selector());
        saved.putInt(cpu.segments().es().selector());
        saved.putLong(cpu.rflags());
        return saved.array();
    }
}
