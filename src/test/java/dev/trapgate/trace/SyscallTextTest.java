package dev.trapgate.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import org.junit.jupiter.api.Test;

class SyscallTextTest {

    private static final long O_CREAT = 0100;
    private static final long EFAULT = -14;
    private static final long NOWHERE = 0xdead_0000L;

    private final TestMemory memory = new TestMemory();
    private final SyscallText x8664 = new SyscallText(Abi.X86_64, memory, SyscallText.STRING_LIMIT);
    private final SyscallText i386 = new SyscallText(Abi.I386, memory, SyscallText.STRING_LIMIT);

    @Test
    void writesNamesForDirectoryAndFlagsAndQuotesThePath() {
        long path = memory.text("/etc/hostname");

        assertThat(x8664.entering(Syscall.OPENAT, -100, path, 0, 0))
                .isEqualTo("openat(AT_FDCWD, \"/etc/hostname\", O_RDONLY)");
        assertThat(x8664.entering(Syscall.OPENAT, 0xffff_ff9cL, path, 0)).startsWith("openat(AT_FDCWD, ");
        assertThat(x8664.entering(Syscall.OPENAT, 3, path, 0)).startsWith("openat(3, ");
    }

    @Test
    void writesTheModeOnlyOfAFileThatIsCreated() {
        long path = memory.text("x");

        assertThat(x8664.entering(Syscall.OPEN, path, O_CREAT, 0640)).isEqualTo("open(\"x\", O_RDONLY|O_CREAT, 0640)");
        assertThat(x8664.entering(Syscall.OPEN, path, 0, 0640)).isEqualTo("open(\"x\", O_RDONLY)");
    }

    @Test
    void showsWhatACallWroteOnceItSucceeded() {
        long buffer = memory.bytes((byte) 'a', (byte) 'b', (byte) 'c', (byte) 'd');

        assertThat(x8664.entering(Syscall.READ, 3, buffer, 4)).isEqualTo("read(3, 0x1000, 4)");
        assertThat(x8664.answered(Syscall.READ, 3, 3, buffer, 4)).isEqualTo("read(3, \"abc\", 4)");
        assertThat(x8664.answered(Syscall.READ, EFAULT, 3, buffer, 4)).isEqualTo("read(3, 0x1000, 4)");
    }

    @Test
    void cutsLongBuffersShort() {
        long buffer = memory.bytes(new byte[40]);

        assertThat(x8664.entering(Syscall.WRITE, 1, buffer, 40))
                .isEqualTo("write(1, \"" + "\\0".repeat(32) + "\"..., 40)");
    }

    @Test
    void writesAnAddressThatCannotBeReadAsWhatItIs() {
        assertThat(x8664.entering(Syscall.ACCESS, NOWHERE, 0)).isEqualTo("access(0xdead0000, F_OK)");
        assertThat(x8664.entering(Syscall.WRITE, 1, NOWHERE, 5)).isEqualTo("write(1, 0xdead0000, 5)");
        assertThat(x8664.answered(Syscall.UNAME, 0, NOWHERE)).isEqualTo("uname(0xdead0000)");
        assertThat(x8664.entering(Syscall.UNAME, 0)).isEqualTo("uname(NULL)");
    }

    @Test
    void writesStructuresInTheLayoutOfTheAbi() {
        long wide = memory.integers(8, 1, 2);
        long narrow = memory.integers(4, 3, 4);

        assertThat(x8664.answered(Syscall.CLOCK_GETTIME, 0, 1, wide))
                .isEqualTo("clock_gettime(CLOCK_MONOTONIC, {tv_sec=1, tv_nsec=2})");
        assertThat(i386.answered(Syscall.CLOCK_GETTIME, 0, 1, narrow))
                .isEqualTo("clock_gettime(CLOCK_MONOTONIC, {tv_sec=3, tv_nsec=4})");
        assertThat(x8664.answered(Syscall.CLOCK_GETTIME, EFAULT, 1, wide))
                .isEqualTo("clock_gettime(CLOCK_MONOTONIC, 0x1000)");
    }

    @Test
    void writesArraysAsLongAsTheNextParameterSays() {
        long vector = memory.integers(8, 0x10, 1, 0x20, 2);

        assertThat(x8664.entering(Syscall.WRITEV, 1, vector, 2))
                .isEqualTo("writev(1, [{iov_base=0x10, iov_len=1}, {iov_base=0x20, iov_len=2}], 2)");
    }

    @Test
    void writesIntegersBehindPointersInBrackets() {
        long pair = memory.integers(4, 5, 6);

        assertThat(x8664.answered(Syscall.PIPE, 0, pair)).isEqualTo("pipe([5, 6])");
    }

    @Test
    void writesStringArrays() {
        long first = memory.text("ls");
        long second = memory.text("-l");
        long vector = memory.integers(8, first, second, 0);
        long narrow = memory.integers(4, first, 0);

        assertThat(x8664.entering(Syscall.EXECVE, first, vector, 0))
                .isEqualTo("execve(\"ls\", [\"ls\", \"-l\"], NULL)");
        assertThat(i386.entering(Syscall.EXECVE, first, narrow, 0)).isEqualTo("execve(\"ls\", [\"ls\"], NULL)");
    }

    @Test
    void takesOnlyTheBitsThatTheTypeHas() {
        assertThat(x8664.entering(Syscall.CLOSE, 0xffff_ffffL)).isEqualTo("close(-1)");
        assertThat(x8664.entering(Syscall.DUP, 0x1_0000_0007L)).isEqualTo("dup(7)");
        assertThat(x8664.entering(Syscall.LSEEK, 0, -5, 0)).isEqualTo("lseek(0, -5, SEEK_SET)");
        assertThat(x8664.entering(Syscall.WRITE, 1, 0, Long.MIN_VALUE))
                .isEqualTo("write(1, NULL, 9223372036854775808)");
    }

    @Test
    void writesMappingsAsStraceDoes() {
        assertThat(x8664.entering(Syscall.MMAP, 0, 4096, 3, 0x22, -1, 0))
                .isEqualTo("mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0)");
    }

    @Test
    void namesCallsOutsideTheTableByNumber() {
        assertThat(SyscallText.unknown(9999, 1, 0)).isEqualTo("syscall_0x270f(0x1, 0)");
    }

    @Test
    void showsWhatPiecesOfMemoryHold() {
        long text = memory.bytes("abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        long pieces = memory.integers(8, text, 2, text + 2, 4);

        assertThat(x8664.answered(Syscall.WRITEV, 6, 1, pieces, 2))
                .isEqualTo("writev(1, [{iov_base=\"ab\", iov_len=2}, {iov_base=\"cdef\", iov_len=4}], 2)");
        assertThat(x8664.answered(Syscall.READV, 3, 1, pieces, 2))
                .isEqualTo("readv(1, [{iov_base=\"ab\", iov_len=2}, {iov_base=\"c\", iov_len=4}], 2)");
        assertThat(x8664.answered(Syscall.READV, EFAULT, 1, pieces, 2))
                .isEqualTo("readv(1, [{iov_base=0x1000, iov_len=2}, {iov_base=0x1002, iov_len=4}], 2)");
    }

    @Test
    void showsSocketAddressesOfTheSizeThatTheCallTells() {
        long address = memory.bytes((byte) 1, (byte) 0, (byte) '/', (byte) 'a', (byte) 0);
        long size = memory.integers(4, 5);

        assertThat(x8664.entering(Syscall.CONNECT, 3, address, 5))
                .isEqualTo("connect(3, {sa_family=AF_UNIX, sun_path=\"/a\"}, 5)");
        assertThat(x8664.answered(Syscall.ACCEPT, 4, 3, address, size))
                .isEqualTo("accept(3, {sa_family=AF_UNIX, sun_path=\"/a\"}, [5])");
        assertThat(x8664.entering(Syscall.ACCEPT, 3, address, size)).isEqualTo("accept(3, 0x1000, 0x1005)");
    }
}
