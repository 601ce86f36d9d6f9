package dev.trapgate.trace;

import dev.trapgate.abi.Errno;
import dev.trapgate.entry.Linkage;
import dev.trapgate.entry.SyscallBatch;
import dev.trapgate.entry.SyscallEntry;
import java.lang.foreign.MemorySegment;
import java.util.stream.Stream;
import jdk.jfr.FlightRecorder;

/**
 * An entry whose calls the JDK Flight Recorder sees while a recording wants them. A record, whose field the JIT compiler
 * trusts: in a {@code static final} field it is seen through.
 *
 * <p>Whether one does is two loads and a branch.
 *
 * @param entry the entry that makes the calls
 */
record RecordedEntry(SyscallEntry entry) implements WatchingEntry {

    @Override
    public long enter(int number, long a1, long a2, long a3, long a4, long a5, long a6) {
        return isWanted() ? recorded(number, a1, a2, a3, a4, a5, a6) : entry.enter(number, a1, a2, a3, a4, a5, a6);
    }

    private static boolean isWanted() {
        return FlightRecorder.isInitialized() && SyscallEvent.isOn();
    }

    private long recorded(int number, long... arguments) {
        SyscallEvent event = new SyscallEvent();
        event.begin();
        long result =
                entry.enter(number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]);
        event.end();
        commit(event, result, 1, number, arguments);
        return result;
    }

    @Override
    public int enterAll(MemorySegment calls, int count, SyscallBatch.OnError onError) {
        return isWanted() ? allRecorded(calls, count, onError) : entry.enterAll(calls, count, onError);
    }

    private int allRecorded(MemorySegment calls, int count, SyscallBatch.OnError onError) {
        SyscallEvent[] events = Stream.generate(SyscallEvent::new).limit(count).toArray(SyscallEvent[]::new);
        for (SyscallEvent event : events) {
            event.begin();
        }
        int made = entry.enterAll(calls, count, onError);
        for (int index = 0; index < made; index++) {
            events[index].end();
            BatchedCall call = new BatchedCall(calls, index);
            commit(events[index], call.result(), made, call.number(), call.arguments());
        }
        return made;
    }

    private void commit(SyscallEvent event, long result, int batch, int number, long... arguments) {
        if (!event.shouldCommit()) {
            return;
        }
        event.call = new CallReader(entry).text(result, number, arguments);
        event.name = event.call.substring(0, event.call.indexOf('('));
        event.number = number;
        event.gate = entry.through(number).name();
        event.abi = entry.abi().displayName();
        event.result = result;
        event.errno = Errno.of(result).map(Errno::name).orElse(Errno.isError(result) ? Long.toString(-result) : "");
        event.batch = batch;
        event.commit();
    }

    @Override
    public SyscallEntry critical() {
        return linkage() == Linkage.CRITICAL ? this : new RecordedEntry(entry.critical());
    }

    /** {@return for example {@code SYSCALL, recorded}} */
    @Override
    public String toString() {
        return gate() + ", recorded";
    }
}
