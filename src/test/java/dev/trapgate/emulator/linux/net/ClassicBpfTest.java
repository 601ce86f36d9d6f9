package dev.trapgate.emulator.linux.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.net.ClassicBpf.Instruction;
import dev.trapgate.entry.Gate;
import dev.trapgate.host.OpenGate;
import dev.trapgate.host.glibc.LibcSyscall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Checked programs, against the real kernel, which checks a socket's filter by the same rules. */
class ClassicBpfTest {

    private static final int PROGRAMS = 3000;
    private static final long SEED = 20260113;
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;

    /** Codes that are often right, so that what follows them is looked at. */
    private static final int[] CODES = {
        0x00, 0x01, 0x02, 0x03, 0x04, 0x0c, 0x05, 0x06, 0x07, 0x15, 0x1d, 0x16, 0x20, 0x24, 0x28, 0x30, 0x34, 0x3c,
                0x40,
        0x45, 0x48, 0x50, 0x54, 0x60, 0x61, 0x64, 0x6c, 0x74, 0x7c, 0x80, 0x81, 0x84, 0x87, 0x94, 0x9c, 0xa4, 0xac, 0xb1
    };

    private static final int[] OPERANDS = {0, 1, 2, 3, 4, 15, 16, 31, 32, 64, 0xffff_efff, 0xffff_f000, -1};

    private static Instruction random(SplittableRandom random) {
        int code = random.nextInt(8) == 0 ? random.nextInt(0x10000) : CODES[random.nextInt(CODES.length)];
        int k = random.nextInt(6) == 0 ? random.nextInt() : OPERANDS[random.nextInt(OPERANDS.length)];
        return new Instruction(code, random.nextInt(4), random.nextInt(4), k);
    }

    private static List<Instruction> program(SplittableRandom random) {
        List<Instruction> program = new ArrayList<>();
        int length = 1 + random.nextInt(7);
        for (int i = 1; i < length; i++) {
            program.add(random(random));
        }
        program.add(random.nextInt(5) == 0 ? random(random) : new Instruction(0x06, 0, 0, random.nextInt()));
        return program;
    }

    @Test
    void acceptsWhatTheRealKernelAccepts() {
        OpenGate.orSkip(Gate.LIBC_SYSCALL);
        SplittableRandom random = new SplittableRandom(SEED);
        long socket = LibcSyscall.call(Syscall.SOCKET, AF_UNIX, SOCK_DGRAM, 0);
        assertThat(socket).isNotNegative();
        int accepted = 0;
        try {
            for (int i = 0; i < PROGRAMS; i++) {
                List<Instruction> program = program(random);
                boolean here = ClassicBpf.check(program).isPresent();
                assertThat(here).as("%s", program).isEqualTo(attaches(socket, program));
                accepted += here ? 1 : 0;
            }
        } finally {
            LibcSyscall.call(Syscall.CLOSE, socket);
        }
        assertThat(accepted).isBetween(PROGRAMS / 20, PROGRAMS / 2);
    }

    private static boolean attaches(long socket, List<Instruction> program) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment steps = arena.allocate(8L * program.size(), 8);
            for (int i = 0; i < program.size(); i++) {
                steps.setAtIndex(ValueLayout.JAVA_LONG, i, word(program.get(i)));
            }
            MemorySegment descriptor = arena.allocate(16, 8); // struct sock_fprog
            descriptor.set(ValueLayout.JAVA_SHORT, 0, (short) program.size());
            descriptor.set(ValueLayout.JAVA_LONG, 8, steps.address());
            long result = LibcSyscall.call(
                    Syscall.SETSOCKOPT, socket, SOL_SOCKET, SO_ATTACH_FILTER, descriptor.address(), 16);
            assertThat(result).isIn(0L, (long) -Errno.EINVAL.number());
            return result == 0;
        }
    }

    private static long word(Instruction instruction) {
        return instruction.code()
                | (long) instruction.ifTrue() << 16
                | (long) instruction.ifFalse() << 24
                | (long) instruction.k() << 32;
    }

    @Test
    void anEmptyProgramAndALongOneAreRefused() {
        Instruction end = new Instruction(0x06, 0, 0, 1);

        assertThat(ClassicBpf.check(List.of())).isEmpty();
        assertThat(ClassicBpf.check(java.util.Collections.nCopies(ClassicBpf.MOST, end)))
                .isPresent();
        assertThat(ClassicBpf.check(java.util.Collections.nCopies(ClassicBpf.MOST + 1, end)))
                .isEmpty();
    }

    @Test
    void aDivisionByZeroEndsTheProgramWithZero() {
        ClassicBpf program = ClassicBpf.check(List.of(
                        new Instruction(0x00, 0, 0, 7), // ld #7
                        new Instruction(0x01, 0, 0, 0), // ldx #0
                        new Instruction(0x3c, 0, 0, 0), // div x
                        new Instruction(0x06, 0, 0, 5))) // ret #5
                .orElseThrow();

        assertThat(program.run(new int[0])).isZero();
    }
}
