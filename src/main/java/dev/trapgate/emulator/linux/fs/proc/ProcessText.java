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
        return new String(task.attributes().name(), StandardCharsets.ISO_8859_1) + '\n';
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
}
