package dev.trapgate.host.i386;

import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateUnavailableException;
import dev.trapgate.entry.Linkage;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.host.NativeEntry;

/**
 * The gates of the 32-bit companion process. A call is made by that process: its descriptors, its memory, its ids.
 *
 * <p>Calls are made one at a time. One that ends the companion, exit(2) for one, throws {@link CompanionEndException}; the
 * call after it is made by a new companion.
 */
public final class CompanionEntry extends NativeEntry {

    private final Companion companion;
    private final CompanionWay way;

    private CompanionEntry(Gate gate, Companion companion, CompanionWay way) {
        super(gate, Linkage.ORDINARY, companion.memory());
        this.companion = companion;
        this.way = way;
    }

    /** {@return the gate {@link Gate#I386_INT80}} */
    public static CompanionEntry int80(Companion companion) {
        return new CompanionEntry(Gate.I386_INT80, companion, CompanionWay.INT80);
    }

    /**
     * {@return the gate {@link Gate#I386_VSYSCALL}}
     *
     * @throws GateUnavailableException if the companion found no AT_SYSINFO
     */
    public static CompanionEntry vsyscall(Companion companion) {
        if (companion.kernelVsyscall() == 0) {
            throw new GateUnavailableException(
                    Gate.I386_VSYSCALL,
                    "the auxiliary vector of a 32-bit process has no AT_SYSINFO: this kernel maps no 32-bit vDSO");
        }
        return new CompanionEntry(Gate.I386_VSYSCALL, companion, CompanionWay.KERNEL_VSYSCALL);
    }

    /** {@return the process that makes the calls} */
    public Companion companion() {
        return companion;
    }

    /**
     * {@inheritDoc}
     *
     * @throws CompanionEndException if the call ended the companion
     */
    @Override
    public long enter(int number, long a1, long a2, long a3, long a4, long a5, long a6) {
        return companion.call(way, number, a1, a2, a3, a4, a5, a6);
    }

    /**
     * {@inheritDoc}
     *
     * @throws UnsupportedOperationException always: another process makes the call
     */
    @Override
    public SyscallEntry critical() {
        throw new UnsupportedOperationException(gate() + " has no linkage to choose: another process makes the call");
    }
}
