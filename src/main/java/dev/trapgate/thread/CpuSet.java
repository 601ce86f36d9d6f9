package dev.trapgate.thread;

import dev.trapgate.kernel.Layouts;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A set of processors, by number. It does not change. */
public final class CpuSet {

    /** Room for 8192 processors, the most that Linux is built for on x86. */
    static final long SIZE = 1024;

    private final BitSet processors;

    private CpuSet(BitSet processors) {
        this.processors = processors;
    }

    /** {@return the set of those processors} */
    public static CpuSet of(int... processors) {
        BitSet set = new BitSet();
        IntStream.of(processors).forEach(set::set);
        return new CpuSet(set);
    }

    static CpuSet read(MemorySegment mask) {
        long[] words = new long[(int) (mask.byteSize() / Long.BYTES)];
        for (int index = 0; index < words.length; index++) {
            words[index] = mask.get(Layouts.LONG, (long) index * Long.BYTES);
        }
        return new CpuSet(BitSet.valueOf(words));
    }

    void write(MemorySegment mask) {
        long[] words = processors.toLongArray();
        for (int index = 0; index < words.length; index++) {
            mask.set(Layouts.LONG, (long) index * Long.BYTES, words[index]);
        }
    }

    /** {@return whether a processor is in it} */
    public boolean contains(int processor) {
        return processors.get(processor);
    }

    /** {@return how many there are} */
    public int count() {
        return processors.cardinality();
    }

    /** {@return their numbers, from low to high} */
    public IntStream stream() {
        return processors.stream();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CpuSet that && processors.equals(that.processors);
    }

    @Override
    public int hashCode() {
        return processors.hashCode();
    }

    /** {@return for example {@code 0,1,4}} */
    @Override
    public String toString() {
        return stream().mapToObj(Integer::toString).collect(Collectors.joining(","));
    }
}
