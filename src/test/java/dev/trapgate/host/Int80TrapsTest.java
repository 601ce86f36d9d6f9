package dev.trapgate.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.host.memory.Placement;
import dev.trapgate.host.memory.RegionMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What differs when 64-bit code calls by {@code int $0x80}: numbers, pointers and structures are i386's. */
class Int80TrapsTest {

    private static final long PAGE = 4096;
    private static final long PROT_NONE = 0;
    private static final long PROT_READ = 1;
    private static final long READ_WRITE = 3;
    private static final long MAP_SHARED = 1;
    private static final long PRIVATE_ANONYMOUS_FIXED_NOREPLACE = 0x10_0022;
    private static final long CLOCK_REALTIME = 0;

    private SyscallEntry int80;
    private SyscallEntry syscall;

    @BeforeEach
    void open() {
        int80 = OpenGate.orSkip(Gate.INT80);
        syscall = OpenGate.orSkip(Gate.SYSCALL);
    }

    @Test
    void clockGettimeFillsTwo32BitFieldsAndClockGettime64Two64BitOnes() {
        try (UserMemory.Scope scope = int80.memory().open()) {
            MemorySegment narrow = scope.allocate(24, 8).segment().fill((byte) 0x5a);
            MemorySegment wide = scope.allocate(24, 8).segment().fill((byte) 0x5a);
            assertThat(RawCall.enter(int80, Syscall.CLOCK_GETTIME, CLOCK_REALTIME, narrow.address()))
                    .isZero();
            assertThat(RawCall.enter(int80, Syscall.CLOCK_GETTIME64, CLOCK_REALTIME, wide.address()))
                    .isZero();

            long seconds = narrow.get(ValueLayout.JAVA_INT, 0) & 0xffff_ffffL;
            assertThat(wide.get(ValueLayout.JAVA_LONG, 0)).isBetween(seconds, seconds + 60);
            assertThat(narrow.get(ValueLayout.JAVA_INT, 4)).isBetween(0, 999_999_999);
            assertThat(wide.get(ValueLayout.JAVA_LONG, 8)).isBetween(0L, 999_999_999L);
            assertThat(narrow.asSlice(8).toArray(ValueLayout.JAVA_BYTE)).containsOnly(0x5a);
            assertThat(wide.asSlice(16).toArray(ValueLayout.JAVA_BYTE)).containsOnly(0x5a);
        }
    }

    /** Offsets of struct stat64 in arch/x86/include/uapi/asm/stat.h for i386, and of struct stat for x86-64. */
    @Test
    void structStatIsLaidOutOtherwiseAndSaysTheSame(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "twelve bytes");
        try (UserMemory.Scope scope = int80.memory().open()) {
            UserBuffer path = scope.allocate(file.toString().length() + 1L, 1);
            path.segment().setString(0, file.toString());
            MemorySegment narrow = scope.allocate(144, 8).segment().fill((byte) 0x5a);
            MemorySegment wide = scope.allocate(144, 8).segment();
            assertThat(RawCall.enter(int80, Syscall.STAT64, path.address(), narrow.address()))
                    .isZero();
            assertThat(RawCall.enter(syscall, Syscall.STAT, path.address(), wide.address()))
                    .isZero();

            assertThat(narrow.get(ValueLayout.JAVA_LONG_UNALIGNED, 44))
                    .as("st_size")
                    .isEqualTo(wide.get(ValueLayout.JAVA_LONG, 48))
                    .isEqualTo(12);
            assertThat(narrow.get(ValueLayout.JAVA_INT, 16))
                    .as("st_mode")
                    .isEqualTo(wide.get(ValueLayout.JAVA_INT, 24));
            assertThat(narrow.get(ValueLayout.JAVA_INT, 20))
                    .as("st_nlink")
                    .isEqualTo((int) wide.get(ValueLayout.JAVA_LONG, 16))
                    .isEqualTo(1);
            assertThat(narrow.get(ValueLayout.JAVA_LONG, 88))
                    .as("st_ino")
                    .isEqualTo(wide.get(ValueLayout.JAVA_LONG, 8));
            assertThat(narrow.get(ValueLayout.JAVA_INT, 72)).as("st_mtime").isEqualTo((int)
                    wide.get(ValueLayout.JAVA_LONG, 88));
            assertThat(narrow.get(ValueLayout.JAVA_INT, 76)).as("st_mtime_nsec").isEqualTo((int)
                    wide.get(ValueLayout.JAVA_LONG, 96));
            assertThat(narrow.asSlice(96).toArray(ValueLayout.JAVA_BYTE)).containsOnly(0x5a);
        }
    }

    /** The page at the address's low half is ours and shut, so that the call can hit nothing. */
    @Test
    void aBufferAboveFourGiBIsCutToItsLowHalf() {
        long low = RegionMemory.reserve(1 << 20, Placement.BELOW_4_GIB).base();
        assertThat(RawCall.enter(syscall, Syscall.MPROTECT, low, PAGE, PROT_NONE))
                .isZero();
        long high = RawCall.enter(
                syscall, Syscall.MMAP, (1L << 40) + low, PAGE, READ_WRITE, PRIVATE_ANONYMOUS_FIXED_NOREPLACE, -1, 0);
        assumeTrue(!Errno.isError(high), "the JVM uses the addresses that this test needs");

        assertThat(RawCall.enter(int80, Syscall.UNAME, high)).isEqualTo(-Errno.EFAULT.number());
        assertThat(RawCall.enter(syscall, Syscall.UNAME, high)).isZero();
        assertThat(RawCall.enter(syscall, Syscall.MUNMAP, high, PAGE)).isZero();
    }

    @Test
    void onlyTheLowHalfOfAnArgumentCounts() {
        assertThat(RawCall.enter(int80, Syscall.CLOSE, 0x1234_5678_ffff_ffffL)).isEqualTo(-Errno.EBADF.number());
        assertThat(RawCall.enter(int80, Syscall.GETPGID, 0x1234_5678_0000_0000L))
                .isEqualTo(RawCall.enter(syscall, Syscall.GETPGID, 0));
    }

    /** Number 20 is getpid on i386 and writev on x86-64. */
    @Test
    void itsNumbersAreThoseOfI386() {
        assertThat(int80.enter(20, 0, 0, 0, 0, 0, 0))
                .isEqualTo(ProcessHandle.current().pid());
    }

    /** mmap2 takes six: the fifth is the file, the sixth the page of it to begin with. */
    @Test
    void allSixArgumentsArriveInTheirPlaces() {
        try (UserMemory.Scope scope = int80.memory().open()) {
            UserBuffer text = scope.allocate(8, 1);
            text.segment().setString(0, "second");
            long file = RawCall.enter(int80, Syscall.MEMFD_CREATE, text.address(), 0);
            assertThat(RawCall.enter(int80, Syscall.PWRITE64, file, text.address(), 6, PAGE, 0))
                    .isEqualTo(6);
            long page = RawCall.enter(int80, Syscall.MMAP2, 0, PAGE, PROT_READ, MAP_SHARED, file, 1) & 0xffff_ffffL;

            assertThat(MemorySegment.ofAddress(page).reinterpret(PAGE).getString(0))
                    .isEqualTo("second");
            assertThat(RawCall.enter(int80, Syscall.MUNMAP, page, PAGE)).isZero();
            assertThat(RawCall.enter(int80, Syscall.CLOSE, file)).isZero();
        }
    }
}
