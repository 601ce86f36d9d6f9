package dev.trapgate.emulator.linux.fs.proc;

import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.KernelProcess;
import dev.trapgate.emulator.linux.kernel.ResourceLimits.Resource;
import dev.trapgate.emulator.linux.kernel.Signals;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.sched.Processors;
import dev.trapgate.emulator.linux.kernel.seccomp.SeccompCalls;
import dev.trapgate.emulator.linux.mm.Mm;
import dev.trapgate.emulator.linux.mm.VmFlags;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * {@code /proc/self/status}: {@code proc_pid_status} of fs/proc/array.c and {@code task_mem} of fs/proc/task_mmu.c, Linux 6.18.
 * What this kernel does not count is 0.
 */
final class ProcessStatus {

    private static final int PAGE_KIB = 4;
    private static final int PAGE_SHIFT = 12;

    /** Of MAX_NUMNODES, 1024: groups of 32 bits. */
    private static final int NODE_GROUPS = 32;

    private final Task task;
    private final KernelProcess process;
    private final StringBuilder text = new StringBuilder();

    private ProcessStatus(Task task) {
        this.task = task;
        this.process = task.process();
    }

    /** {@return the text} */
    static String of(Task task) {
        ProcessStatus status = new ProcessStatus(task);
        status.identity();
        status.memory();
        status.signals();
        status.rights();
        status.places();
        return status.text.toString();
    }

    private void line(String name, Object value) {
        text.append(name).append(":\t").append(value).append('\n');
    }

    private void identity() {
        Credentials ids = task.credentials();
        int pid = process.tgid();
        line("Name", new String(task.attributes().name(), StandardCharsets.ISO_8859_1));
        line("Umask", String.format(Locale.ROOT, "%04o", process.fs().umask()));
        line("State", ProcessState.of(task));
        line("Tgid", pid);
        line("Ngid", 0);
        line("Pid", ProcessState.id(task));
        line("PPid", process.parent());
        line("TracerPid", 0);
        line("Uid", ids(ids.uid(), ids.euid(), ids.suid(), ids.fsuid()));
        line("Gid", ids(ids.gid(), ids.egid(), ids.sgid(), ids.fsgid()));
        line("FDSize", task.files().size());
        StringBuilder groups = new StringBuilder();
        ids.groups()
                .forEach(group -> groups.append(Integer.toUnsignedString(group)).append(' '));
        line("Groups", groups.isEmpty() ? " " : groups);
        line("NStgid", pid);
        line("NSpid", pid);
        line("NSpgid", process.jobControl().processGroup());
        line("NSsid", process.jobControl().session());
        line("Kthread", 0);
    }

    private static String ids(int real, int effective, int saved, int fs) {
        return Integer.toUnsignedString(real)
                + '\t'
                + Integer.toUnsignedString(effective)
                + '\t'
                + Integer.toUnsignedString(saved)
                + '\t'
                + Integer.toUnsignedString(fs);
    }

    private void memory() {
        Mm mm = process.mm();
        long anonymous = Math.min(mm.anonymousPages(), mm.residentPages());
        pages("VmPeak", mm.totalPages());
        pages("VmSize", mm.totalPages());
        pages("VmLck", mm.lockedPages());
        pages("VmPin", 0);
        pages("VmHWM", mm.residentPages());
        pages("VmRSS", mm.residentPages());
        pages("RssAnon", anonymous);
        pages("RssFile", mm.residentPages() - anonymous);
        pages("RssShmem", 0);
        pages("VmData", mm.dataPages());
        pages("VmStk", pagesWith(VmFlags.VM_GROWSDOWN));
        pages("VmExe", pagesWith(VmFlags.VM_EXEC));
        pages("VmLib", 0);
        pages("VmPTE", 0);
        pages("VmSwap", 0);
        pages("HugetlbPages", 0);
        line("CoreDumping", 0);
        line("THP_enabled", 0);
        line("untag_mask", "0xffffffffffffffff");
    }

    private void pages(String name, long count) {
        line(name, String.format(Locale.ROOT, "%8d kB", count * PAGE_KIB));
    }

    private long pagesWith(long flag) {
        return process.mm().areas().stream()
                .filter(area -> area.has(flag))
                .mapToLong(area -> (area.end() - area.start()) >>> PAGE_SHIFT)
                .sum();
    }

    private void signals() {
        Signals.Summary signals = Signals.summary(task);
        line("Threads", process.taskCount());
        line(
                "SigQ",
                signals.queued() + "/" + Long.toUnsignedString(process.limits().soft(Resource.RLIMIT_SIGPENDING)));
        set("SigPnd", signals.pending());
        set("ShdPnd", signals.sharedPending());
        set("SigBlk", signals.blocked());
        set("SigIgn", signals.ignored());
        set("SigCgt", signals.caught());
    }

    private void rights() {
        Credentials ids = task.credentials();
        set("CapInh", ids.inheritable());
        set("CapPrm", ids.permitted());
        set("CapEff", ids.effective());
        set("CapBnd", ids.bounding());
        set("CapAmb", ids.ambient());
        line("NoNewPrivs", task.work().hasNoNewPrivileges() ? 1 : 0);
        line("Seccomp", SeccompCalls.number(task.work().seccomp().mode()));
        line("Seccomp_filters", task.work().seccomp().filters().size());
        line("Speculation_Store_Bypass", "not vulnerable");
        line("SpeculationIndirectBranch", "not affected");
    }

    private void set(String name, long bits) {
        line(name, String.format(Locale.ROOT, "%016x", bits));
    }

    private void places() {
        long allowed = task.scheduling().affinity();
        line("Cpus_allowed", ProcessorSets.mask(allowed, Processors.count()));
        line("Cpus_allowed_list", ProcessorSets.list(allowed));
        line("Mems_allowed", "00000000,".repeat(NODE_GROUPS - 1) + "00000001");
        line("Mems_allowed_list", 0);
        line("voluntary_ctxt_switches", 0);
        line("nonvoluntary_ctxt_switches", 0);
    }
}
