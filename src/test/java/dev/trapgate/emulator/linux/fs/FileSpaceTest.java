package dev.trapgate.emulator.linux.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.UserMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A program that writes for ever is told that there is no room; the JVM that it runs in is not. */
class FileSpaceTest {

    private static final int O_RDWR_CREAT = 0102;
    private static final int CHUNK = 1 << 20;

    /** No machine's files have more: half of 2^18 pages. */
    private static final long MOST = 1L << 29;

    private static final long ENOSPC = -Errno.ENOSPC.number();

    private final EmulatedMachine machine = EmulatedFiles.machine(Credentials.USER);
    private final EmulatedFiles files = new EmulatedFiles(machine, Gate.EMULATED_SYSCALL);
    private final UserMemory.Scope scope = machine.memory(dev.trapgate.abi.Abi.X86_64).open();
    private final long chunk = scope.allocate(CHUNK, 8).address();

    @AfterEach
    void close() {
        files.close();
        machine.close();
    }

    private long create(String name) {
        return files.call(Syscall.OPEN, files.name(name), O_RDWR_CREAT, 0600);
    }

    /** {@return the first answer that is no full chunk} */
    private long fill(long descriptor) {
        long written = 0;
        long answer = CHUNK;
        while (answer > 0) {
            answer = files.call(Syscall.WRITE, descriptor, chunk, CHUNK);
            written += Math.max(0, answer);
            assertThat(written).isLessThanOrEqualTo(MOST);
        }
        return answer;
    }

    @Test
    void whatIsWrittenForEverEndsWithEnospc() {
        long first = create("first");
        assertThat(fill(first)).isEqualTo(ENOSPC);
        long second = create("second");
        assertThat(second).isIn(ENOSPC, first + 1);
        long memfd = files.call(Syscall.MEMFD_CREATE, files.name("m"), 0);
        assertThat(files.call(Syscall.WRITE, memfd, chunk, CHUNK)).isEqualTo(ENOSPC);
        assertThat(files.call(Syscall.FALLOCATE, memfd, 0, 0, CHUNK)).isEqualTo(ENOSPC);
        assertThat(files.call(Syscall.FTRUNCATE, first, 0)).isZero();
        assertThat(files.call(Syscall.WRITE, memfd, chunk, CHUNK)).isEqualTo(CHUNK);
    }

    @Test
    void namesTakeRoomToo() {
        long big = create("big");
        assertThat(fill(big)).isEqualTo(ENOSPC);
        long answer = 0;
        for (int i = 0; answer == 0 && i < 64; i++) {
            answer = files.call(Syscall.MKDIR, files.name("d" + i), 0700);
        }
        assertThat(answer).isEqualTo(ENOSPC);
        assertThat(files.call(Syscall.LINK, files.name("big"), files.name("again"))).isEqualTo(ENOSPC);
        assertThat(files.call(Syscall.FSETXATTR, big, files.name("user.a"), chunk, 60_000, 0)).isEqualTo(ENOSPC);
    }

    @Test
    void whatHasNeitherNameNorDescriptorGivesItsRoomBack() {
        long kept = create("kept");
        for (int round = 0; round < 3; round++) {
            long descriptor = create("f");
            assertThat(fill(descriptor)).isEqualTo(ENOSPC);
            assertThat(files.call(Syscall.UNLINK, files.name("f"))).isZero();
            assertThat(files.call(Syscall.WRITE, kept, chunk, CHUNK)).isEqualTo(ENOSPC);
            assertThat(files.call(Syscall.CLOSE, descriptor)).isZero();
            assertThat(files.call(Syscall.WRITE, kept, chunk, 4096)).isEqualTo(4096);
        }
    }

    @Test
    void aMappingKeepsAFileThatIsGone() {
        long descriptor = create("f");
        assertThat(files.call(Syscall.WRITE, descriptor, chunk, 4096)).isEqualTo(4096);
        long address = files.call(Syscall.MMAP, 0, 4096, 3, 1, descriptor, 0);
        files.call(Syscall.UNLINK, files.name("f"));
        files.call(Syscall.CLOSE, descriptor);
        long other = create("other");
        assertThat(files.call(Syscall.WRITE, other, address, 4096)).isEqualTo(4096);
    }
}
