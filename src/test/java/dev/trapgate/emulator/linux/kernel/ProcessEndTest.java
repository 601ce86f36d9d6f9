package dev.trapgate.emulator.linux.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedEndException;
import dev.trapgate.emulator.linux.fs.File;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** What a process had open is released when it ends, however it does. */
class ProcessEndTest {

    private static final int LOCK_EX = 2;
    private static final int F_SETLK = 6;
    private static final short F_WRLCK = 1;
    private static final int POLLHUP = 0x10;

    private final KernelUnderTest kernel = KernelUnderTest.asUser();
    private final KernelProcess process = kernel.machine().process();

    private long open() {
        var name = kernel.memory(16);
        name.segment().setString(0, "/tmp/f");
        return kernel.call(Syscall.OPEN, name.address(), 0102, 0600);
    }

    private File lock(long descriptor) {
        assertThat(kernel.call(Syscall.FLOCK, descriptor, LOCK_EX)).isZero();
        var lock = kernel.memory(32);
        lock.segment().set(java.lang.foreign.ValueLayout.JAVA_SHORT, 0, F_WRLCK);
        assertThat(kernel.call(Syscall.FCNTL, descriptor, F_SETLK, lock.address())).isZero();
        File file = process.files().get((int) descriptor);
        assertThat(file).isNotNull();
        return file;
    }

    @Test
    void exitGroupClosesEveryDescriptor() {
        long descriptor = open();
        File file = lock(descriptor);
        Assertions.assertThatThrownBy(() -> kernel.call(Syscall.EXIT_GROUP, 0))
                .isInstanceOf(EmulatedEndException.class);
        assertThat(process.files().nextOpen(0)).isEqualTo(-1);
        file.release();
    }

    @Test
    void aMachineThatIsSwitchedOffClosesEveryDescriptor() {
        open();
        kernel.close();
        assertThat(process.files().nextOpen(0)).isEqualTo(-1);
    }

    @Test
    void aSignalThatKillsClosesEveryDescriptor() {
        open();
        Assertions.assertThatThrownBy(() -> kernel.call(Syscall.KILL, process.tgid(), Signal.SIGTERM))
                .isInstanceOf(EmulatedEndException.class);
        assertThat(process.files().nextOpen(0)).isEqualTo(-1);
    }

    @Test
    void theOtherEndOfAPipeSeesItsEnd() throws InterruptedException {
        var ends = kernel.memory(8);
        assertThat(kernel.call(Syscall.PIPE, ends.address())).isZero();
        int read = ends.segment().get(java.lang.foreign.ValueLayout.JAVA_INT, 0);
        File reader = process.files().get(read);
        assertThat(reader).isNotNull();
        Task task = Objects.requireNonNull(process.firstTask());
        kernel.close();
        assertThat(reader.operations().poll(task, reader, queue -> {}) & POLLHUP).isNotZero();
        reader.release();
    }
}
