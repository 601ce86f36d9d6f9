package dev.trapgate.emulator.linux.kernel;

/** Who may look into whose memory and descriptors: {@code ptrace_may_access} of kernel/ptrace.c, Linux 6.18. */
public final class Ptrace {

    private Ptrace() {}

    /**
     * {@return whether a task may look into another}
     *
     * @param current the calling task
     * @param target the other one
     */
    public static boolean mayAccess(Task current, Task target) {
        if (current.process() == target.process()) {
            return true;
        }
        Credentials own = current.credentials();
        Credentials others = target.credentials();
        boolean sameUser = own.uid() == others.euid() && own.uid() == others.suid() && own.uid() == others.uid();
        boolean sameGroup = own.gid() == others.egid() && own.gid() == others.sgid() && own.gid() == others.gid();
        boolean dumpable = target.process().mmFlags().dumpable() == MmFlags.SUID_DUMP_USER;
        boolean contained = (others.permitted() & ~own.permitted()) == 0;
        return (sameUser && sameGroup && dumpable && contained) || own.capable(Capability.CAP_SYS_PTRACE);
    }
}
