package dev.trapgate.perf;

import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.Pid;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.kernel.SyscallException;
import java.lang.foreign.MemorySegment;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * Counting what the processor and the kernel do. Software events are to be had everywhere; hardware ones only where the machine,
 * a virtual one maybe, gives a performance monitoring unit.
 *
 * <p>A counter of the calling thread counts a virtual thread's carrier.
 *
 * @param kernel whose calls
 * @see <a href="https://man7.org/linux/man-pages/man2/perf_event_open.2.html">perf_event_open(2)</a>
 */
public record PerfCalls(Kernel kernel) {

    private static final Call PERF_EVENT_OPEN = Call.of(Syscall.PERF_EVENT_OPEN);
    private static final Call IOCTL = Call.of(Syscall.IOCTL);
    private static final Call READ = Call.of(Syscall.READ);

    private static final long ENABLE = 0x2400;
    private static final long DISABLE = 0x2401;
    private static final long RESET = 0x2403;
    private static final int MOST_WORDS = 5;

    /** Counts on every processor. */
    public static final int ANY_CPU = -1;

    private static final int NO_GROUP = -1;

    /**
     * Opens a counter, as {@code perf_event_open(2)}.
     *
     * @param attributes what it is to be
     * @param thread whom it counts: a thread's number, {@link Pid#SELF} for the calling one
     * @param cpu where it counts: a processor's number, or {@link #ANY_CPU}
     * @param flags how to open it
     * @return its descriptor, to be closed
     * @throws SyscallException EACCES, EPERM where /proc/sys/kernel/perf_event_paranoid forbids it; ENOENT, EOPNOTSUPP if this
     *     machine cannot count that; ESRCH if there is no such thread; EINVAL
     */
    public FileDescriptor open(PerfAttributes attributes, Pid thread, int cpu, PerfFlags flags) {
        return open(attributes, thread, cpu, NO_GROUP, flags);
    }

    /**
     * Opens a counter that counts together with others, or not at all.
     *
     * @param attributes what it is to be
     * @param leader the first counter of the group
     * @param thread whom it counts, as the leader does
     * @param cpu where it counts, as the leader does
     * @param flags how to open it
     * @return its descriptor, to be closed
     * @throws SyscallException as {@link #open(PerfAttributes, Pid, int, PerfFlags)}
     */
    public FileDescriptor openInGroup(
            PerfAttributes attributes, FileDescriptor leader, Pid thread, int cpu, PerfFlags flags) {
        int group = leader.hold(kernel);
        try {
            return open(attributes, thread, cpu, group, flags);
        } finally {
            leader.letGo();
        }
    }

    private FileDescriptor open(PerfAttributes attributes, Pid thread, int cpu, int group, PerfFlags flags) {
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.copy(attributes.memory(), Long.BYTES);
            long number = kernel.call(PERF_EVENT_OPEN, address, thread.value(), cpu, group, flags.bits());
            return FileDescriptor.own(kernel, (int) number);
        }
    }

    /**
     * Lets a counter count.
     *
     * @param counter the counter
     */
    public void enable(FileDescriptor counter) {
        kernel.callOn(IOCTL, counter, ENABLE, 0, 0);
    }

    /**
     * Has a counter count no more; what it has counted stays.
     *
     * @param counter the counter
     */
    public void disable(FileDescriptor counter) {
        kernel.callOn(IOCTL, counter, DISABLE, 0, 0);
    }

    /**
     * Sets a counter to 0; its times go on.
     *
     * @param counter the counter
     */
    public void reset(FileDescriptor counter) {
        kernel.callOn(IOCTL, counter, RESET, 0, 0);
    }

    /**
     * {@return what a counter has counted}
     *
     * @param counter the counter
     * @param format what its attributes asked for
     * @throws SyscallException ENOSPC if the attributes asked for more than that
     */
    public PerfReading read(FileDescriptor counter, PerfFormat format) {
        int words = 1 + Integer.bitCount(format.bits());
        if (words > MOST_WORDS) {
            throw new IllegalArgumentException(format + ": a single counter's format has at most four parts");
        }
        long size = (long) words * Long.BYTES;
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.zeroed(size, Long.BYTES);
            kernel.callOn(READ, counter, address, size, 0);
            return reading(scratch.at(address, size), format);
        }
    }

    private static PerfReading reading(MemorySegment memory, PerfFormat format) {
        Iterator<Long> words = LongStream.range(0, memory.byteSize() / Long.BYTES)
                .map(index -> memory.get(Layouts.LONG, index * Long.BYTES))
                .iterator();
        return new PerfReading(
                words.next(),
                next(words, format, PerfFormat.PERF_FORMAT_TOTAL_TIME_ENABLED),
                next(words, format, PerfFormat.PERF_FORMAT_TOTAL_TIME_RUNNING),
                next(words, format, PerfFormat.PERF_FORMAT_ID),
                next(words, format, PerfFormat.PERF_FORMAT_LOST));
    }

    private static OptionalLong next(Iterator<Long> words, PerfFormat format, PerfFormat part) {
        return format.has(part) ? OptionalLong.of(words.next()) : OptionalLong.empty();
    }
}
