package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.security.Commoncap;

/** The user and group ids of a task: kernel/sys.c, Linux 6.18. The raw calls change the calling thread alone. */
public final class CredCalls {

    /** An id that means: leave it as it is. */
    private static final int KEEP = -1;

    private CredCalls() {}

    /** {@code getuid(2)}. */
    public static long getuid(Task current, PtRegs regs) {
        return unsigned(current.credentials().uid());
    }

    /** {@code getgid(2)}. */
    public static long getgid(Task current, PtRegs regs) {
        return unsigned(current.credentials().gid());
    }

    /** {@code geteuid(2)}. */
    public static long geteuid(Task current, PtRegs regs) {
        return unsigned(current.credentials().euid());
    }

    /** {@code getegid(2)}. */
    public static long getegid(Task current, PtRegs regs) {
        return unsigned(current.credentials().egid());
    }

    /** {@code getresuid(2)}. */
    public static long getresuid(Task current, PtRegs regs) {
        Credentials own = current.credentials();
        return putThree(current, regs, own.uid(), own.euid(), own.suid());
    }

    /** {@code getresgid(2)}. */
    public static long getresgid(Task current, PtRegs regs) {
        Credentials own = current.credentials();
        return putThree(current, regs, own.gid(), own.egid(), own.sgid());
    }

    /** One after the other: what can be written is written, even if a later one cannot. */
    private static long putThree(Task current, PtRegs regs, int first, int second, int third) {
        boolean written = current.uaccess().putUser32(regs.argument(1), first)
                && current.uaccess().putUser32(regs.argument(2), second)
                && current.uaccess().putUser32(regs.argument(3), third);
        return written ? 0 : ErrorNumbers.EFAULT;
    }

    /** {@code setuid(2)}. */
    public static long setuid(Task current, PtRegs regs) {
        return setuid(current, (int) regs.argument(1));
    }

    /** {@code __sys_setuid}. */
    static long setuid(Task current, int uid) {
        if (uid == KEEP) {
            return ErrorNumbers.EINVAL;
        }
        Credentials old = current.credentials();
        NewCredentials made = new NewCredentials(old);
        if (old.capable(Capability.CAP_SETUID)) {
            made.suid(uid).uid(uid);
        } else if (uid != old.uid() && uid != old.suid()) {
            return ErrorNumbers.EPERM;
        }
        return made.euid(uid).commitUserIds(current);
    }

    /** {@code setgid(2)}. */
    public static long setgid(Task current, PtRegs regs) {
        return setgid(current, (int) regs.argument(1));
    }

    /** {@code __sys_setgid}. */
    static long setgid(Task current, int gid) {
        if (gid == KEEP) {
            return ErrorNumbers.EINVAL;
        }
        Credentials old = current.credentials();
        NewCredentials made = new NewCredentials(old);
        if (old.capable(Capability.CAP_SETGID)) {
            made.sgid(gid).gid(gid);
        } else if (gid != old.gid() && gid != old.sgid()) {
            return ErrorNumbers.EPERM;
        }
        return made.egid(gid).commit(current);
    }

    /** {@code setreuid(2)}. */
    public static long setreuid(Task current, PtRegs regs) {
        return setreuid(current, (int) regs.argument(1), (int) regs.argument(2));
    }

    /** {@code __sys_setreuid}. */
    static long setreuid(Task current, int ruid, int euid) {
        Credentials old = current.credentials();
        boolean able = old.capable(Capability.CAP_SETUID);
        boolean realAllowed = able || ruid == KEEP || ruid == old.uid() || ruid == old.euid();
        boolean effectiveAllowed =
                able || euid == KEEP || euid == old.uid() || euid == old.euid() || euid == old.suid();
        if (!realAllowed || !effectiveAllowed) {
            return ErrorNumbers.EPERM;
        }
        NewCredentials made = new NewCredentials(old).uid(or(ruid, old.uid())).euid(or(euid, old.euid()));
        if (ruid != KEEP || (euid != KEEP && euid != old.uid())) {
            made.suid(made.euid());
        }
        return made.commitUserIds(current);
    }

    /** {@code setregid(2)}. */
    public static long setregid(Task current, PtRegs regs) {
        return setregid(current, (int) regs.argument(1), (int) regs.argument(2));
    }

    /** {@code __sys_setregid}. */
    static long setregid(Task current, int rgid, int egid) {
        Credentials old = current.credentials();
        boolean able = old.capable(Capability.CAP_SETGID);
        boolean realAllowed = able || rgid == KEEP || rgid == old.gid() || rgid == old.egid();
        boolean effectiveAllowed =
                able || egid == KEEP || egid == old.gid() || egid == old.egid() || egid == old.sgid();
        if (!realAllowed || !effectiveAllowed) {
            return ErrorNumbers.EPERM;
        }
        NewCredentials made = new NewCredentials(old).gid(or(rgid, old.gid())).egid(or(egid, old.egid()));
        if (rgid != KEEP || (egid != KEEP && egid != old.gid())) {
            made.sgid(made.egid());
        }
        return made.commit(current);
    }

    /** {@code setresuid(2)}. */
    public static long setresuid(Task current, PtRegs regs) {
        return setresuid(current, (int) regs.argument(1), (int) regs.argument(2), (int) regs.argument(3));
    }

    /** {@code __sys_setresuid}. */
    static long setresuid(Task current, int ruid, int euid, int suid) {
        Credentials old = current.credentials();
        boolean changesNothing = or(ruid, old.uid()) == old.uid()
                && or(euid, old.euid()) == old.euid()
                && (euid == KEEP || euid == old.fsuid())
                && or(suid, old.suid()) == old.suid();
        if (changesNothing) {
            return 0;
        }
        boolean foreign = isForeignUser(old, ruid) || isForeignUser(old, euid) || isForeignUser(old, suid);
        if (foreign && !old.capable(Capability.CAP_SETUID)) {
            return ErrorNumbers.EPERM;
        }
        return new NewCredentials(old)
                .uid(or(ruid, old.uid()))
                .euid(or(euid, old.euid()))
                .suid(or(suid, old.suid()))
                .commitUserIds(current);
    }

    private static boolean isForeignUser(Credentials old, int uid) {
        return uid != KEEP && uid != old.uid() && uid != old.euid() && uid != old.suid();
    }

    /** {@code setresgid(2)}. */
    public static long setresgid(Task current, PtRegs regs) {
        return setresgid(current, (int) regs.argument(1), (int) regs.argument(2), (int) regs.argument(3));
    }

    /** {@code __sys_setresgid}. */
    static long setresgid(Task current, int rgid, int egid, int sgid) {
        Credentials old = current.credentials();
        boolean changesNothing = or(rgid, old.gid()) == old.gid()
                && or(egid, old.egid()) == old.egid()
                && (egid == KEEP || egid == old.fsgid())
                && or(sgid, old.sgid()) == old.sgid();
        if (changesNothing) {
            return 0;
        }
        boolean foreign = isForeignGroup(old, rgid) || isForeignGroup(old, egid) || isForeignGroup(old, sgid);
        if (foreign && !old.capable(Capability.CAP_SETGID)) {
            return ErrorNumbers.EPERM;
        }
        return new NewCredentials(old)
                .gid(or(rgid, old.gid()))
                .egid(or(egid, old.egid()))
                .sgid(or(sgid, old.sgid()))
                .commit(current);
    }

    private static boolean isForeignGroup(Credentials old, int gid) {
        return gid != KEEP && gid != old.gid() && gid != old.egid() && gid != old.sgid();
    }

    /** {@code setfsuid(2)}: answers the id as it was, changed or not. */
    public static long setfsuid(Task current, PtRegs regs) {
        return unsigned(setfsuid(current, (int) regs.argument(1)));
    }

    /** {@code __sys_setfsuid}. */
    static int setfsuid(Task current, int uid) {
        Credentials old = current.credentials();
        boolean own = uid == old.uid() || uid == old.euid() || uid == old.suid() || uid == old.fsuid();
        boolean allowed = uid != KEEP && (own || old.capable(Capability.CAP_SETUID));
        if (allowed && uid != old.fsuid()) {
            NewCredentials made = new NewCredentials(old).fsuid(uid);
            Commoncap.fixSetfsuid(made);
            made.commit(current);
        }
        return old.fsuid();
    }

    /** {@code setfsgid(2)}: answers the id as it was, changed or not. */
    public static long setfsgid(Task current, PtRegs regs) {
        return unsigned(setfsgid(current, (int) regs.argument(1)));
    }

    /** {@code __sys_setfsgid}. */
    static int setfsgid(Task current, int gid) {
        Credentials old = current.credentials();
        boolean own = gid == old.gid() || gid == old.egid() || gid == old.sgid() || gid == old.fsgid();
        boolean allowed = gid != KEEP && (own || old.capable(Capability.CAP_SETGID));
        if (allowed && gid != old.fsgid()) {
            new NewCredentials(old).fsgid(gid).commit(current);
        }
        return old.fsgid();
    }

    private static int or(int wanted, int present) {
        return wanted == KEEP ? present : wanted;
    }

    private static long unsigned(int id) {
        return Integer.toUnsignedLong(id);
    }
}
