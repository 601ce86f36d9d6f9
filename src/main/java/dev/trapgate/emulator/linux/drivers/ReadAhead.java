package dev.trapgate.emulator.linux.drivers;

import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.IovIter;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileException;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.WaitQueue;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor of the machine that the JVM runs on that a thread of its own reads when somebody waits for it, so that who waits
 * can be woken by something else. No more is read than was asked for, and nothing while something is there to be read at once.
 */
final class ReadAhead {

    static final long GONE = Long.MIN_VALUE;

    private static final byte[] NOTHING = {};

    private final HostDescriptor host;
    private final WaitQueue readers = new WaitQueue();

    // Guarded by the monitor.
    private byte[] bytes = NOTHING;
    private int start;
    /** How the last read ended: 0 at the end of the stream, an error number negated; null if neither. */
    private @Nullable Long ending;

    private int wanted;
    private @Nullable Thread reader;

    ReadAhead(HostDescriptor host) {
        this.host = host;
    }

    /** {@return what is woken when there is something to read, or the end} */
    WaitQueue readers() {
        return readers;
    }

    /** {@return how many bytes there are to read} */
    synchronized int available() {
        return bytes.length - start + (wanted == 0 ? host.available() : 0);
    }

    /** {@return POLL* bits of reading; if nothing can be read, a byte is waited for} */
    int pollMask() {
        if (!isReady(1)) {
            return 0;
        }
        synchronized (this) {
            return ending == null ? HostStream.READABLE : FileOperations.POLLHUP;
        }
    }

    /** {@return whether there is something to read, or the end; if not, some bytes are waited for} */
    synchronized boolean isReady(int size) {
        if (start < bytes.length || ending != null || (wanted == 0 && host.available() > 0)) {
            return true;
        }
        if (wanted == 0) {
            wanted = size;
            if (reader == null) {
                reader = Thread.ofPlatform().daemon().name("standard input").start(this::read);
            }
            notifyAll();
        }
        return false;
    }

    /**
     * Gives what is there.
     *
     * @param size how much is wanted at most
     * @param to where to
     * @return how much was taken; 0 at the end, once, after which more may come from a terminal; an error number negated;
     *     {@link #GONE} if somebody else was faster
     */
    synchronized long take(int size, IovIter to) {
        fill(size);
        if (start == bytes.length) {
            long answer = ending == null ? GONE : ending;
            ending = null;
            return answer;
        }
        long taken = to.copyTo(MemorySegment.ofArray(bytes), start, Math.min(size, bytes.length - start));
        start += (int) taken;
        return taken == 0 ? ErrorNumbers.EFAULT : taken;
    }

    /** Adds what can be read without waiting. */
    private void fill(int size) {
        int here = bytes.length - start;
        int more = wanted == 0 && here < size ? Math.min(host.available(), size - here) : 0;
        if (more > 0) {
            try {
                byte[] next = new byte[more];
                int count = host.read(next);
                byte[] all = Arrays.copyOfRange(bytes, start, bytes.length + count);
                System.arraycopy(next, 0, all, here, count);
                bytes = all;
                start = 0;
            } catch (HostFileException broken) {
                ending = here > 0 ? ending : Long.valueOf(-broken.errno().number());
            }
        }
    }

    private void read() {
        try {
            while (true) {
                byte[] chunk = new byte[awaitRequest()];
                try {
                    put(Arrays.copyOf(chunk, host.read(chunk)), 0);
                } catch (HostFileException broken) {
                    put(NOTHING, -broken.errno().number());
                }
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized int awaitRequest() throws InterruptedException {
        while (wanted == 0) {
            wait();
        }
        return wanted;
    }

    private void put(byte[] chunk, long error) {
        synchronized (this) {
            bytes = chunk;
            start = 0;
            ending = chunk.length == 0 ? Long.valueOf(error) : ending;
            wanted = 0;
        }
        readers.wakeUpAll(HostStream.READABLE);
    }
}
