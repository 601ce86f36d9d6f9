package dev.trapgate.emulator.linux.mm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedEntry;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad addresses, at the byte where the real kernel would stop. */
class UaccessTest {

    private static final int O_RDWR = 2;
    private static final long EFAULT = -Errno.EFAULT.number();
    private static final int PAGE = 4096;

    private final EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.INTEL);
    private final EmulatedEntry gate = new EmulatedEntry(machine, Gate.EMULATED_SYSCALL);

    private long call(Syscall call, long a1, long a2, long a3) {
        return gate.enter(call.number(Abi.X86_64), a1, a2, a3, 0, 0, 0);
    }

    private static byte[] bytes(UserBuffer buffer, int from, int size) {
        return buffer.segment().asSlice(from, size).toArray(ValueLayout.JAVA_BYTE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 64, 389})
    void unameFillsAllBytesBeforeTheOneItCannotWrite(int room) {
        try (UserMemory.Scope scope = gate.memory().open()) {
            UserBuffer page = scope.allocate(PAGE, 8);

            assertThat(call(Syscall.UNAME, page.address() + PAGE - room, 0, 0)).isEqualTo(EFAULT);

            byte[] expected = new byte[room];
            byte[] linux = "Linux".getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(linux, 0, expected, 0, Math.min(room, linux.length));
            if (room > 65) {
                byte[] node = "trapgate".getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(node, 0, expected, 65, Math.min(room - 65, node.length));
            }
            assertThat(bytes(page, PAGE - room, Math.min(room, 73)))
                    .isEqualTo(java.util.Arrays.copyOf(expected, Math.min(room, 73)));
        }
    }

    @Test
    void aReadOfZerosEndsWhereTheMemoryEnds() {
        int zero = open("/dev/zero");
        try (UserMemory.Scope scope = gate.memory().open()) {
            UserBuffer page = scope.allocate(PAGE, 8);
            page.segment().fill((byte) 1);

            assertThat(call(Syscall.READ, zero, page.address() + PAGE - 10, 100))
                    .isEqualTo(10);
            assertThat(bytes(page, PAGE - 11, 11)).isEqualTo(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
            assertThat(call(Syscall.READ, zero, page.address() + PAGE, 1)).isEqualTo(EFAULT);
        }
    }

    @Test
    void nullTakesAnythingWithoutLookingAtIt() {
        int nothing = open("/dev/null");

        assertThat(call(Syscall.WRITE, nothing, 1, 100)).isEqualTo(100);
        assertThat(call(Syscall.READ, nothing, 1, 100)).isZero();
        assertThat(call(Syscall.WRITE, nothing, -1, 100)).isEqualTo(EFAULT);
    }

    @Test
    void theConsoleTakesWhatItCanRead() {
        try (UserMemory.Scope scope = gate.memory().open()) {
            UserBuffer page = scope.allocate(PAGE, 8);
            page.segment().fill((byte) 'x');

            assertThat(call(Syscall.WRITE, 1, page.address() + PAGE - 3, 100)).isEqualTo(3);
            assertThat(call(Syscall.WRITE, 1, page.address() + PAGE, 100)).isEqualTo(EFAULT);
            assertThat(machine.console().written()).isEqualTo("xxx".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void theKernelsHalfIsRefusedBeforeAnythingIsWritten() {
        int zero = open("/dev/zero");

        assertThat(call(Syscall.READ, zero, 0xffff_8000_0000_0000L, 1)).isEqualTo(EFAULT);
        assertThat(call(Syscall.UNAME, machine.table(Abi.X86_64).orElseThrow().address(), 0, 0))
                .isEqualTo(EFAULT);
    }

    @Test
    void aProtectedPageCannotBeWrittenUntilItIsOpenedAgain() {
        long page = gate.enter(Syscall.MMAP.number(Abi.X86_64), 0, 2 * PAGE, 3, 0x22, -1, 0);
        assertThat(call(Syscall.TIME, page, 0, 0)).isPositive();

        assertThat(call(Syscall.MPROTECT, page, PAGE, 1)).isZero();
        assertThat(call(Syscall.TIME, page, 0, 0)).isEqualTo(EFAULT);
        assertThat(call(Syscall.TIME, page + PAGE, 0, 0)).isPositive();

        assertThat(call(Syscall.MPROTECT, page, PAGE, 3)).isZero();
        assertThat(call(Syscall.TIME, page, 0, 0)).isPositive();
        assertThat(call(Syscall.MUNMAP, page, 2 * PAGE, 0)).isZero();
        assertThat(call(Syscall.TIME, page, 0, 0)).isEqualTo(EFAULT);
    }

    private int open(String path) {
        try (UserMemory.Scope scope = gate.memory().open()) {
            UserBuffer name = scope.allocate(64, 1);
            name.segment().setString(0, path);
            return (int) call(Syscall.OPEN, name.address(), O_RDWR, 0);
        }
    }
}
