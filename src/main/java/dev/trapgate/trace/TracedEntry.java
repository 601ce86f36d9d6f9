package dev.trapgate.trace;

import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Linkage;
import dev.trapgate.entry.SyscallBatch;
import dev.trapgate.entry.SyscallEntry;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/** An entry whose calls are told to somebody once they have answered. */
final class TracedEntry implements WatchingEntry {

    private final SyscallEntry entry;
    private final CallReader reader;
    private final Consumer<? super TracedCall> sink;

    TracedEntry(SyscallEntry entry, Consumer<? super TracedCall> sink) {
        this.entry = entry;
        this.reader = new CallReader(entry);
        this.sink = sink;
    }

    @Override
    public SyscallEntry entry() {
        return entry;
    }

    @Override
    public long enter(int number, long a1, long a2, long a3, long a4, long a5, long a6) {
        boolean toldBefore = endsItsThread(number);
        if (toldBefore) {
            sink.accept(reader.unanswered(number, a1, a2, a3, a4, a5, a6));
        }
        long start = System.nanoTime();
        long result = made(toldBefore, number, a1, a2, a3, a4, a5, a6);
        long took = System.nanoTime() - start;
        sink.accept(reader.answered(result, took, 1, number, a1, a2, a3, a4, a5, a6));
        return result;
    }

    private long made(boolean toldBefore, int number, long a1, long a2, long a3, long a4, long a5, long a6) {
        try {
            return entry.enter(number, a1, a2, a3, a4, a5, a6);
        } catch (UnsupportedOperationException notMade) {
            throw notMade;
        } catch (RuntimeException ended) {
            if (!toldBefore) {
                sink.accept(reader.unanswered(number, a1, a2, a3, a4, a5, a6));
            }
            throw ended;
        }
    }

    private boolean endsItsThread(int number) {
        return Syscall.numbered(abi(), number)
                .filter(call -> call == Syscall.EXIT || call == Syscall.EXIT_GROUP)
                .isPresent();
    }

    @Override
    public int enterAll(MemorySegment calls, int count, SyscallBatch.OnError onError) {
        long start = System.nanoTime();
        int made;
        try {
            made = entry.enterAll(calls, count, onError);
        } catch (UnsupportedOperationException refusal) {
            tell(calls, madeBeforeRefusal(calls, count), System.nanoTime() - start);
            throw refusal;
        }
        tell(calls, made, System.nanoTime() - start);
        return made;
    }

    private int madeBeforeRefusal(MemorySegment calls, int count) {
        int made = 0;
        while (made < count
                && entry.refusal(new BatchedCall(calls, made).number()).isEmpty()) {
            made++;
        }
        return made;
    }

    private void tell(MemorySegment calls, int made, long nanoseconds) {
        for (int index = 0; index < made; index++) {
            BatchedCall call = new BatchedCall(calls, index);
            sink.accept(reader.answered(call.result(), nanoseconds, made, call.number(), call.arguments()));
        }
    }

    @Override
    public SyscallEntry critical() {
        return linkage() == Linkage.CRITICAL ? this : new TracedEntry(entry.critical(), sink);
    }

    /** {@return for example {@code SYSCALL, traced}} */
    @Override
    public String toString() {
        return gate() + ", traced";
    }
}
