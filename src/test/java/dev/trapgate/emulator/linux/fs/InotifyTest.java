package dev.trapgate.emulator.linux.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.fs.EmulatedCalls.Running;
import dev.trapgate.entry.UserBuffer;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InotifyTest {

    private static final int IN_ATTRIB = 4;
    private static final int IN_CREATE = 0x100;
    private static final int IN_Q_OVERFLOW = 0x4000;
    private static final int O_NONBLOCK = 0x800;
    private static final int MAX_QUEUED_EVENTS = 16384;
    private static final int RECORD = 16;

    private final EmulatedCalls calls = new EmulatedCalls();

    @AfterEach
    void close() {
        calls.close();
    }

    private int inotify(int flags) {
        return (int) calls.call(Syscall.INOTIFY_INIT1, flags);
    }

    private long watch(int inotify, String path, int mask) {
        return calls.call(Syscall.INOTIFY_ADD_WATCH, inotify, calls.text(path).address(), mask);
    }

    @Test
    void aReaderWaitsForWhatHappens() throws Exception {
        int inotify = inotify(0);
        assertThat(watch(inotify, "/tmp", IN_CREATE)).isEqualTo(1);
        UserBuffer buffer = calls.buffer(256);
        Running<Long> reader = calls.start(() -> calls.call(Syscall.READ, inotify, buffer.address(), 256));
        reader.awaitSleep();

        calls.open("/tmp/new", 0102, 0600);

        assertThat(reader.await()).isEqualTo(2 * RECORD);
        assertThat(buffer.segment().get(ValueLayout.JAVA_INT, 4)).isEqualTo(IN_CREATE);
        assertThat(buffer.segment().getString(RECORD)).isEqualTo("new");
    }

    @Test
    void aFullQueueSaysThatItLostEvents() {
        int inotify = inotify(O_NONBLOCK);
        calls.open("/tmp/one", 0102, 0600);
        calls.open("/tmp/other", 0102, 0600);
        watch(inotify, "/tmp/one", IN_ATTRIB);
        watch(inotify, "/tmp/other", IN_ATTRIB);
        long one = calls.text("/tmp/one").address();
        long other = calls.text("/tmp/other").address();
        for (int i = 0; i <= MAX_QUEUED_EVENTS; i++) {
            calls.call(Syscall.CHMOD, i % 2 == 0 ? one : other, 0600);
        }
        UserBuffer buffer = calls.buffer((long) (MAX_QUEUED_EVENTS + 2) * RECORD);

        long read = calls.call(
                Syscall.READ, inotify, buffer.address(), buffer.segment().byteSize());

        assertThat(read).isEqualTo((long) (MAX_QUEUED_EVENTS + 1) * RECORD);
        long last = (long) MAX_QUEUED_EVENTS * RECORD;
        assertThat(buffer.segment().get(ValueLayout.JAVA_INT, last)).isEqualTo(-1);
        assertThat(buffer.segment().get(ValueLayout.JAVA_INT, last + 4)).isEqualTo(IN_Q_OVERFLOW);
    }

    @Test
    void aClosedInotifyWatchesNothingAnyMore() {
        int inotify = inotify(0);
        watch(inotify, "/tmp", IN_CREATE);
        Inode directory = calls.machine().process().fs().root().inode();

        calls.call(Syscall.CLOSE, inotify);

        assertThat(directory.superBlock().isWatched()).isFalse();
    }

    @Test
    void manyThreadsMakeFilesAndEachIsTold() throws Exception {
        int inotify = inotify(O_NONBLOCK);
        watch(inotify, "/tmp", IN_CREATE);
        int threads = 4;
        int files = 100;
        for (int t = 0; t < threads; t++) {
            int number = t;
            calls.start(() -> {
                        for (int i = 0; i < files; i++) {
                            calls.open("/tmp/" + number + "-" + i, 0102, 0600);
                        }
                        return 0L;
                    })
                    .await();
        }
        UserBuffer buffer = calls.buffer(65536);

        assertThat(calls.call(Syscall.READ, inotify, buffer.address(), 65536))
                .isEqualTo((long) threads * files * 2 * RECORD);
    }
}
