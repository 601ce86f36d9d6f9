package dev.trapgate.emulator.linux.fs.proc;

import dev.trapgate.emulator.linux.fs.Path;
import dev.trapgate.emulator.linux.fs.PathText;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.MapsText;
import dev.trapgate.emulator.linux.mm.Vma;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;

/** What {@code /proc/self} says of the process: fs/proc/array.c, base.c and task_mmu.c, Linux 6.18. */
final class ProcessText {

    private static final String NAME = "trapgate";
    private static final int AT_NULL = 0;
    private static final int AT_PAGESZ = 6;
    private static final int AT_UID = 11;
    private static final int AT_EUID = 12;
    private static final int AT_GID = 13;
    private static final int AT_EGID = 14;
    private static final int AT_CLKTCK = 17;
    private static final int AT_SECURE = 23;
    private static final int AT_SYSINFO_EHDR = 33;
    private static final int PAGE_SIZE = 4096;
    private static final int TICKS = 100;
    private static final int VECTOR_SIZE = 512;

    private ProcessText() {}

    /** {@return {@code comm}} */
    static String comm(Task task) {
        return NAME + '\n';
    }

    /** {@return {@code cmdline}: the arguments, each with a NUL} */
    static String cmdline(Task task) {
        return NAME + '\0';
    }

    /** {@return {@code maps}: {@code show_map_vma}} */
    static String maps(Task task) {
        Path root = task.process().fs().root();
        return MapsText.of(task.process().mm(), file -> PathText.shown(file.path(), root));
    }

    /** {@return {@code auxv}: pairs of 64-bit words that end with AT_NULL} */
    static String auxv(Task task) {
        Credentials ids = task.credentials();
        ByteBuffer words = ByteBuffer.allocate(VECTOR_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        for (Vma area : task.process().mm().areas()) {
            if (area.name().equals("[vdso]")) {
                words.putLong(AT_SYSINFO_EHDR).putLong(area.start());
            }
        }
        words.putLong(AT_PAGESZ).putLong(PAGE_SIZE);
        words.putLong(AT_CLKTCK).putLong(TICKS);
        words.putLong(AT_UID).putLong(ids.uid());
        words.putLong(AT_EUID).putLong(ids.euid());
        words.putLong(AT_GID).putLong(ids.gid());
        words.putLong(AT_EGID).putLong(ids.egid());
        words.putLong(AT_SECURE).putLong(0);
        words.putLong(AT_NULL).putLong(0);
        return new String(words.array(), 0, words.position(), StandardCharsets.ISO_8859_1);
    }

    /** {@return {@code status}, as far as this kernel knows it: {@code proc_pid_status}} */
    static String status(Task task) {
        Credentials ids = task.credentials();
        String groups = ids.groups().stream().map(String::valueOf).collect(Collectors.joining(" "));
        return "Name:\t" + NAME
                + String.format(
                        Locale.ROOT, "\nUmask:\t%04o", task.process().fs().umask())
                + "\nState:\tR (running)"
                + "\nTgid:\t" + task.process().tgid()
                + "\nNgid:\t0"
                + "\nPid:\t" + task.process().tgid()
                + "\nPPid:\t" + task.process().parent()
                + "\nTracerPid:\t0"
                + ids("Uid", ids.uid(), ids.euid(), ids.suid(), ids.fsuid())
                + ids("Gid", ids.gid(), ids.egid(), ids.sgid(), ids.fsgid())
                + "\nFDSize:\t64"
                + "\nGroups:\t" + groups + ' '
                + "\nThreads:\t" + task.process().taskCount()
                + set("CapInh", ids.inheritable())
                + set("CapPrm", ids.permitted())
                + set("CapEff", ids.effective())
                + set("CapBnd", ids.bounding())
                + set("CapAmb", ids.ambient())
                + "\nNoNewPrivs:\t0\nSeccomp:\t0\n";
    }

    private static String ids(String name, int real, int effective, int saved, int fs) {
        return "\n" + name + ":\t" + Integer.toUnsignedString(real) + '\t' + Integer.toUnsignedString(effective) + '\t'
                + Integer.toUnsignedString(saved) + '\t' + Integer.toUnsignedString(fs);
    }

    private static String set(String name, long bits) {
        return String.format(Locale.ROOT, "\n%s:\t%016x", name, bits);
    }

    /** {@return {@code stat}: 52 numbers, of which those that this kernel does not count are 0} */
    static String stat(Task task) {
        int pid = task.process().tgid();
        return pid + " (" + NAME + ") R " + task.process().parent() + ' ' + pid + ' ' + pid
                + " 0 -1 0 0 0 0 0 0 0 0 0 20 0 " + task.process().taskCount() + " 0".repeat(32) + '\n';
    }
}
