package dev.trapgate.kernel;

import dev.trapgate.entry.UserMemory;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Scratch memory for a kernel's arguments: one for each platform thread, for as long as it lives; 64 that virtual threads, of
 * which there may be millions, take turns with. Who finds none free gets one for one call.
 */
public final class Scratches {

    private static final int SHARED = 64;

    private final UserMemory memory;
    private final ThreadLocal<Scratch> own;
    private final AtomicReferenceArray<@Nullable Scratch> shared = new AtomicReferenceArray<>(SHARED);

    Scratches(UserMemory memory) {
        this.memory = memory;
        this.own = ThreadLocal.withInitial(() -> new Scratch(memory, Scratch.Life.OF_ONE_THREAD));
    }

    /** {@return memory that is the caller's alone until closed} */
    Scratch borrow() {
        Thread thread = Thread.currentThread();
        Scratch scratch = thread.isVirtual() ? takeTurn(thread) : own.get();
        return scratch.lend() ? scratch : ofOneCall();
    }

    private Scratch ofOneCall() {
        Scratch scratch = new Scratch(memory, Scratch.Life.ONE_CALL);
        scratch.lend();
        return scratch;
    }

    private Scratch takeTurn(Thread thread) {
        int first = (int) thread.threadId();
        for (int tried = 0; tried < SHARED; tried++) {
            Scratch scratch = shared(first + tried & SHARED - 1);
            if (scratch.take(thread)) {
                return scratch;
            }
        }
        return new Scratch(memory, Scratch.Life.ONE_CALL);
    }

    private Scratch shared(int index) {
        Scratch scratch = shared.get(index);
        if (scratch == null) {
            shared.compareAndSet(index, null, new Scratch(memory, Scratch.Life.IN_TURNS));
            return shared(index);
        }
        return scratch;
    }

    /** {@return the string that memory lent to the calling thread holds at an address, if it does} */
    Optional<String> stringInUse(long address) {
        Thread thread = Thread.currentThread();
        if (!thread.isVirtual()) {
            return own.get().stringAt(address);
        }
        for (int index = 0; index < SHARED; index++) {
            Scratch scratch = shared.get(index);
            if (scratch != null && scratch.isTakenBy(thread)) {
                return scratch.stringAt(address);
            }
        }
        return Optional.empty();
    }
}
