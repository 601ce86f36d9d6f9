package dev.trapgate.emulator;

import java.lang.ref.WeakReference;

/**
 * What a Java thread is known by to the machines that it uses. Each machine keeps the emulated threads of those who use
 * it, so that a Java thread keeps no machine alive, and a machine no Java thread.
 */
final class ThreadLeases {

    private static final ThreadLocal<ThreadLeases> CURRENT = ThreadLocal.withInitial(ThreadLeases::new);
    private static final WeakReference<EmulatedThread> NONE = new WeakReference<>(null);

    private WeakReference<EmulatedMachine> lastMachine = new WeakReference<>(null);
    private WeakReference<EmulatedThread> lastThread = NONE;

    private ThreadLeases() {}

    static ThreadLeases ofThisThread() {
        return CURRENT.get();
    }

    /** {@return the emulated thread on a machine; a new one the first time and after its end} */
    EmulatedThread on(EmulatedMachine machine) {
        EmulatedThread last = lastThread.get();
        if (last != null && lastMachine.refersTo(machine) && last.task().end() == null) {
            return last;
        }
        EmulatedThread thread = machine.lease(this);
        lastMachine = new WeakReference<>(machine);
        lastThread = new WeakReference<>(thread);
        return thread;
    }
}
