package dev.trapgate.emulator;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** The emulated threads that one Java thread is, one on each machine it has used. */
final class ThreadLeases {

    private static final ThreadLocal<ThreadLeases> CURRENT = ThreadLocal.withInitial(ThreadLeases::new);

    /** Held by a Java thread for as long as it lives; when nobody holds it, its emulated thread is given back. */
    record Lease(EmulatedThread thread) {}

    private final Map<EmulatedMachine, Lease> leases = new WeakHashMap<>();
    private WeakReference<EmulatedMachine> lastMachine = new WeakReference<>(null);
    private @Nullable EmulatedThread lastThread;

    private ThreadLeases() {}

    static ThreadLeases ofThisThread() {
        return CURRENT.get();
    }

    /** {@return the emulated thread on a machine; a new one the first time and after its end} */
    EmulatedThread on(EmulatedMachine machine) {
        EmulatedThread last = lastThread;
        if (last != null && lastMachine.refersTo(machine) && last.task().end() == null) {
            return last;
        }
        Lease lease = leases.get(machine);
        if (lease == null || lease.thread().task().end() != null) {
            lease = new Lease(machine.newThread());
            leases.put(machine, lease);
            machine.register(lease);
        }
        lastMachine = new WeakReference<>(machine);
        lastThread = lease.thread();
        return lease.thread();
    }
}
