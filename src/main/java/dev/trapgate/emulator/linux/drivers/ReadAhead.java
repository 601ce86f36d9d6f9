package dev.trapgate.emulator.linux.drivers;

import dev.trapgate.emulator.linux.kernel.WaitQueue;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A stream of this JVM that a thread of its own reads when somebody asks, so that who waits for it can be woken by something
 * else. No more is read than was asked for.
 */
final class ReadAhead {

    static final long END = -1;
    static final long GONE = -2;

    private final InputStream in;
    private final WaitQueue readers = new WaitQueue();

    // Guarded by the monitor.
    private byte[] bytes = {};
    private int start;
    private int end;
    private boolean ended;
    private int wanted;
    private @Nullable Thread reader;

    ReadAhead(InputStream in) {
        this.in = in;
    }

    /** {@return what is woken when there is something to read, or the end} */
    WaitQueue readers() {
        return readers;
    }

    /** {@return whether there is something to read, or the end; if not, some bytes are asked for} */
    synchronized boolean isReady(int size) {
        if (start < end || ended) {
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

    /** Where what was read goes. */
    @FunctionalInterface
    interface Sink {
        /** {@return how much of it was taken} */
        long take(MemorySegment from, long offset, long size);
    }

    /**
     * Gives what is there.
     *
     * @return how much was taken; {@link #END} at the end, once, after which more may come from a terminal; {@link #GONE} if
     *     somebody else was faster
     */
    synchronized long take(Sink sink) {
        if (start == end) {
            long answer = ended ? END : GONE;
            ended = false;
            return answer;
        }
        long taken = sink.take(MemorySegment.ofArray(bytes), start, end - start);
        start += (int) taken;
        return taken;
    }

    private void read() {
        try {
            while (true) {
                byte[] chunk = new byte[awaitRequest()];
                int size = in.read(chunk);
                put(chunk, Math.max(size, 0));
            }
        } catch (IOException broken) {
            put(new byte[0], 0);
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

    private void put(byte[] chunk, int size) {
        synchronized (this) {
            bytes = chunk;
            start = 0;
            end = size;
            ended = size == 0;
            wanted = 0;
            if (size == 0 && chunk.length == 0) {
                reader = null;
            }
        }
        readers.wakeUpAll(HostStream.READABLE);
    }
}
