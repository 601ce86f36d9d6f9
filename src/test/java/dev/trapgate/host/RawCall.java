package dev.trapgate.host;

import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.SyscallEntry;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/** Calls by name, and threads that end with what a call has done to them. */
public final class RawCall {

    private RawCall() {}

    /** {@return the raw answer of a call with up to six arguments} */
    public static long enter(SyscallEntry entry, Syscall call, long... arguments) {
        long[] six = Arrays.copyOf(arguments, 6);
        return entry.enter(call.number(entry.abi()), six[0], six[1], six[2], six[3], six[4], six[5]);
    }

    /** {@return what a task answers that runs on a platform thread of its own} */
    public static <T> T onThreadOfItsOwn(Callable<T> task) throws Exception {
        FutureTask<T> future = new FutureTask<>(task);
        Thread.ofPlatform().daemon().start(future);
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof TestAbortedException skipped) {
                throw skipped;
            }
            throw failed;
        }
    }
}
