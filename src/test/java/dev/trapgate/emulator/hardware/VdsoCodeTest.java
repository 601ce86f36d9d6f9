package dev.trapgate.emulator.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.arch.x86.entry.vdso.Vdso32;
import dev.trapgate.emulator.linux.arch.x86.entry.vdso.Vdso64;
import dev.trapgate.emulator.linux.arch.x86.entry.vdso.VdsoImage;
import dev.trapgate.emulator.linux.arch.x86.entry.vdso.Vvar;
import dev.trapgate.emulator.linux.kernel.time.Timekeeper;
import dev.trapgate.entry.Gate;
import dev.trapgate.host.OpenGate;
import dev.trapgate.host.elf.LoadSegment;
import dev.trapgate.host.elf.LoadSegment.Access;
import dev.trapgate.host.elf.MemoryExecutable;
import dev.trapgate.host.elf.StaticExecutable;
import dev.trapgate.host.stub.MachineCode;
import dev.trapgate.host.vdso.ElfClass;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The emulated vDSO's machine code, run by this machine's processor under its kernel. */
class VdsoCodeTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final long CODE = 0x40_0000;
    private static final long VVAR = 0x2000_0000;
    private static final long VDSO = VVAR + PageFrames.PAGE_SIZE;
    private static final long DATA = 0x4000_0000;
    private static final int NSEC_PER_SEC = 1_000_000_000;

    private static final String RESULT_64 = "48 89 04 25 10 00 00 40"; // mov [0x40000010], rax
    private static final String RESULT_32 = "89 05 10 00 00 40"; //       mov [0x40000010], eax

    private static final MachineCode END_64 = MachineCode.of(
            "bf 01 00 00 00", // mov edi, 1
            "be 00 00 00 40", // mov esi, 0x40000000
            "ba 18 00 00 00", // mov edx, 24
            "b8 01 00 00 00", // mov eax, 1             write
            "0f 05", //          syscall
            "31 ff", //          xor edi, edi
            "b8 e7 00 00 00", // mov eax, 231           exit_group
            "0f 05"); //         syscall

    private static final MachineCode END_32 = MachineCode.of(
            "bb 01 00 00 00", // mov ebx, 1
            "b9 00 00 00 40", // mov ecx, 0x40000000
            "ba 18 00 00 00", // mov edx, 24
            "b8 04 00 00 00", // mov eax, 4             write
            "cd 80", //          int 0x80
            "31 db", //          xor ebx, ebx
            "b8 fc 00 00 00", // mov eax, 252           exit_group
            "cd 80"); //         int 0x80

    @BeforeAll
    static void needsThisProcessor() {
        OpenGate.orSkip(Gate.INT80);
    }

    /** What a function left: two words of its buffer, and its result. */
    private record Left(long first, long second, long result) {}

    private static String imm(long value) {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) value)
                .array();
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }

    private static Left run64(String function, long first, long second) throws IOException {
        VdsoImage image = Vdso64.image();
        MachineCode code = MachineCode.of(
                        "bf " + imm(first), // mov edi, first
                        "be " + imm(second), // mov esi, second
                        "31 d2", // xor edx, edx
                        "4d 31 c0", // xor r8, r8
                        "b8 " + imm(VDSO + image.offset(function)), // mov eax, function
                        "ff d0", // call rax
                        RESULT_64)
                .then(END_64);
        byte[] vvar = Vvar.page(new Timekeeper(InstantSource.system())).bytes().toArray(ValueLayout.JAVA_BYTE);
        ByteBuffer left = run(ElfClass.ELF64, image, code, vvar);
        return new Left(left.getLong(0), left.getLong(8), left.getLong(16));
    }

    private static Left run32(String function, long first, long second) throws IOException {
        boolean amd = Files.readString(Path.of("/proc/cpuinfo")).contains("AuthenticAMD");
        VdsoImage image = Vdso32.modern(amd ? Vendor.AMD : Vendor.INTEL);
        MachineCode code = MachineCode.of(
                        "68 " + imm(second), // push second
                        "68 " + imm(first), // push first
                        "b8 " + imm(VDSO + image.offset(function)), // mov eax, function
                        "ff d0", // call eax
                        RESULT_32)
                .then(END_32);
        ByteBuffer left = run(ElfClass.ELF32, image, code, new byte[PageFrames.PAGE_SIZE]);
        return new Left(left.getInt(0), left.getInt(4), left.getInt(16));
    }

    private static ByteBuffer run(ElfClass elfClass, VdsoImage image, MachineCode code, byte[] vvar)
            throws IOException {
        byte[] elf = StaticExecutable.of(
                elfClass,
                CODE,
                LoadSegment.of(CODE, Access.READ_EXECUTE, code.toByteArray()),
                LoadSegment.of(VVAR, Access.READ_WRITE, vvar),
                LoadSegment.of(VDSO, Access.READ_EXECUTE, image.bytes().toArray(ValueLayout.JAVA_BYTE)),
                LoadSegment.of(DATA, Access.READ_WRITE, new byte[64]));
        MemoryExecutable.Output output = MemoryExecutable.outputOf(elf, DEADLINE);
        assertThat(output.exitStatus()).isZero();
        return ByteBuffer.wrap(output.standardOutput()).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The processor's counter does not count nanoseconds, so that what it makes of the counter is any time. */
    @ParameterizedTest
    @CsvSource({"0", "1", "4", "7", "11"})
    void clocksOfThePageAreSplitIntoSecondsAndNanoseconds(int clock) throws IOException {
        Left left = run64("__vdso_clock_gettime", clock, DATA);

        assertThat(left.result()).isZero();
        assertThat(left.second()).isBetween(0L, NSEC_PER_SEC - 1L);
        assertThat(left.first()).isNotZero();
    }

    @ParameterizedTest
    @CsvSource({"5, 0", "6, 0", "2, 0", "12, -22", "-100000, -22"})
    void otherClocksAreTheKernels(int clock, long result) throws IOException {
        Left left = run64("__vdso_clock_gettime", clock, DATA);

        assertThat(left.result()).isEqualTo(result);
        assertThat(left.second()).isBetween(0L, NSEC_PER_SEC - 1L);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1, 0", "11, 0, 1, 0", "12, 0, 0, -22", "2, 0, 1, 0"})
    void resolutions(int clock, long seconds, long nanoseconds, long result) throws IOException {
        assertThat(run64("__vdso_clock_getres", clock, DATA)).isEqualTo(new Left(seconds, nanoseconds, result));
        assertThat(run64("__vdso_clock_getres", clock, 0)).isEqualTo(new Left(0, 0, result));
    }

    @ParameterizedTest
    @CsvSource({"__vdso_gettimeofday", "gettimeofday"})
    void timeOfDayIsInMicroseconds(String name) throws IOException {
        Left left = run64(name, DATA, 0);

        assertThat(left.result()).isZero();
        assertThat(left.second()).isBetween(0L, 999_999L);
        assertThat(run64(name, 0, 0).result()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void timeIsWrittenAndReturned(boolean written) throws IOException {
        Left left = run64("__vdso_time", written ? DATA : 0, 0);

        assertThat(left.result()).isNotZero();
        assertThat(left.first()).isEqualTo(written ? left.result() : 0);
    }

    @ParameterizedTest
    @CsvSource({"__vdso_getcpu", "getcpu"})
    void getcpuAsksTheKernel(String name) throws IOException {
        Left left = run64(name, DATA, DATA + 8);

        assertThat(left.result()).isZero();
        assertThat(left.first()).isBetween(0L, 4096L);
    }

    @ParameterizedTest
    @CsvSource({"__vdso_getrandom"})
    void getrandomAsksTheKernel(String name) throws IOException {
        Left left = run64(name, DATA, 16);

        assertThat(left.result()).isEqualTo(16);
        assertThat(left.first()).isNotEqualTo(left.second());
    }

    @ParameterizedTest
    @CsvSource({"__vdso_clock_gettime", "__vdso_clock_gettime64"})
    void clocksOf32BitPrograms(String name) throws IOException {
        long now = Instant.now().getEpochSecond();
        Left left = run32(name, 0, DATA);

        assertThat(left.result()).isZero();
        assertThat(left.first()).isBetween(now, now + DEADLINE.toSeconds());
        assertThat(run32(name, 99, DATA).result()).isEqualTo(-22);
    }

    @ParameterizedTest
    @CsvSource({"__vdso_gettimeofday", "__vdso_time"})
    void timesOf32BitPrograms(String name) throws IOException {
        long now = Instant.now().getEpochSecond();
        Left left = run32(name, DATA, 0);

        assertThat(left.first()).isBetween(now, now + DEADLINE.toSeconds());
        assertThat(left.result()).isEqualTo(name.equals("__vdso_time") ? left.first() : 0);
    }
}
