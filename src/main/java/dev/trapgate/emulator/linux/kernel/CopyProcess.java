package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.cpu.ModelSpecificRegisters;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.arch.x86.Tls;
import dev.trapgate.emulator.linux.arch.x86.kernel.ThreadRegisters;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FilesStruct;
import dev.trapgate.emulator.linux.fs.FsStruct;
import dev.trapgate.emulator.linux.fs.Pidfd;
import dev.trapgate.emulator.linux.mm.Mm;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Makes one thread or process: {@code kernel_clone} and {@code copy_process} of kernel/fork.c, Linux 6.18. */
final class CopyProcess {

    /** How long a refusal takes. */
    private static final long REFUSAL_NANOS = 10_000_000;

    private final Task current;
    private final PtRegs regs;
    private final CloneArguments arguments;
    private final TaskHost host;
    private final KernelProcess parent;
    private final KernelGlobals globals;

    /**
     * Prepares to make one.
     *
     * @param current the calling task
     * @param regs its registers
     * @param arguments what is to be made, checked
     * @param host what runs it
     */
    CopyProcess(Task current, PtRegs regs, CloneArguments arguments, TaskHost host) {
        this.current = current;
        this.regs = regs;
        this.arguments = arguments;
        this.host = host;
        this.parent = current.process();
        this.globals = parent.globals();
    }

    /** {@return the new task's id; −EAGAIN, −ENOMEM, −EMFILE, −EFAULT, −EINVAL, −ERESTARTNOINTR} */
    long kernelClone() {
        if (current.signalPending()) {
            // So a bomb of forks can be killed: all of its processes are looked at between two forks.
            return ErrorNumbers.ERESTARTNOINTR;
        }
        if (isAtLimit()) {
            // A bomb of forks spends its time here: all others are to have some, too.
            LockSupport.parkNanos(REFUSAL_NANOS);
            return ErrorNumbers.EAGAIN;
        }
        int tid = id();
        if (tid <= 0) {
            return tid == 0 ? ErrorNumbers.EAGAIN : tid;
        }
        boolean thread = arguments.has(CloneCalls.CLONE_THREAD);
        KernelProcess process = thread ? parent : copyParts(tid);
        Task child = process == null ? null : host.newTask(process, tid);
        if (process == null || child == null) {
            if (process != null && !thread) {
                process.releaseParts();
            }
            return ErrorNumbers.ENOMEM;
        }
        long error = copyTask(child);
        if (error == 0) {
            error = attach(child, process, thread);
        }
        if (error != 0) {
            child.leave();
            host.discard(child);
            if (!thread) {
                process.releaseParts();
            }
            return error;
        }
        return run(child, process, thread);
    }

    /** RLIMIT_NPROC and {@code kernel.threads-max}. */
    private boolean isAtLimit() {
        Credentials own = current.credentials();
        long limit = parent.limits().soft(ResourceLimits.Resource.RLIMIT_NPROC);
        boolean privileged =
                own.uid() == 0 || own.capable(Capability.CAP_SYS_RESOURCE) || own.capable(Capability.CAP_SYS_ADMIN);
        boolean tooMany = Long.compareUnsigned(globals.pids().taskCount(own.uid()), limit) >= 0 && !privileged;
        return tooMany || globals.pids().taskCount() >= host.threadsMax();
    }

    /** {@return the id; 0 if there is none left, an error number negated if the wanted one cannot be had} */
    private int id() {
        if (arguments.ids().isEmpty()) {
            return globals.pids().allocate();
        }
        if (arguments.ids().size() > 1) {
            return (int) ErrorNumbers.EINVAL;
        }
        return globals.pids().allocate(arguments.ids().getFirst(), current.credentials());
    }

    /** {@code copy_files}, {@code copy_fs}, {@code copy_sighand}, {@code copy_signal}, {@code copy_mm}. */
    private @Nullable KernelProcess copyParts(int tgid) {
        Mm mm = copyMm();
        FilesStruct files = arguments.has(CloneCalls.CLONE_FILES)
                ? current.files().get()
                : current.files().copy();
        FsStruct fs = arguments.has(CloneCalls.CLONE_FS)
                ? parent.fs().get()
                : parent.fs().copy();
        SighandStruct sighand = parent.sighand();
        if (arguments.has(CloneCalls.CLONE_CLEAR_SIGHAND)) {
            sighand = sighand.exec();
        } else if (!arguments.has(CloneCalls.CLONE_SIGHAND)) {
            sighand = sighand.copy();
        }
        boolean sibling = arguments.has(CloneCalls.CLONE_PARENT);
        boolean shared = arguments.has(CloneCalls.CLONE_VM);
        Family family = new Family(
                sibling ? parent.parentProcess() : parent,
                sibling ? parent.family().exitSignal() : arguments.exitSignal());
        KernelProcess process = new KernelProcess(
                globals,
                tgid,
                family,
                current.credentials(),
                new KernelProcess.Parts(
                        mm,
                        files,
                        fs,
                        sighand,
                        parent.limits().copy(),
                        shared ? parent.mmFlags() : parent.mmFlags().copy(),
                        shared ? parent.ldt() : parent.ldt().copy(),
                        parent.jobControl().fork(tgid)));
        KernelProcess.Executable program = parent.executable();
        if (program != null) {
            process.setExecutable(program);
        }
        return process;
    }

    private Mm copyMm() {
        Mm own = parent.mm();
        if (arguments.has(CloneCalls.CLONE_VM)) {
            own.get();
            return own;
        }
        return own.fork(host.newSpace());
    }

    /** {@code dup_task_struct} and {@code copy_thread}. */
    private long copyTask(Task child) {
        child.inherit(current);
        boolean memory = arguments.has(CloneCalls.CLONE_VM);
        if (!memory) {
            child.rseq().copyFrom(current.rseq());
        }
        if (!memory || arguments.has(CloneCalls.CLONE_VFORK)) {
            child.signals().setStack(current.signals().stack());
        }
        if (arguments.has(CloneCalls.CLONE_THREAD) && current.files() != child.files()) {
            child.setFiles(current.files().get());
        }
        if (arguments.has(CloneCalls.CLONE_THREAD) && !arguments.has(CloneCalls.CLONE_FILES)) {
            child.setFiles(current.files().copy());
        }
        boolean narrow = regs.abi() == Abi.I386;
        long stack = narrow ? arguments.stack() & 0xffff_ffffL : arguments.stack();
        ThreadRegisters.copy(current.cpu(), regs, child, stack);
        if (arguments.has(CloneCalls.CLONE_CHILD_CLEARTID)) {
            child.attributes().setClearChildTid(arguments.childTid());
        }
        if (!arguments.has(CloneCalls.CLONE_SETTLS)) {
            return 0;
        }
        if (narrow) {
            return Tls.setNewTls(current, child.cpu(), arguments.tls());
        }
        child.cpu().segments().fs().load(0, 0);
        boolean set = child.cpu().msrs().write(ModelSpecificRegisters.FS_BASE, arguments.tls()) == 0;
        return set ? 0 : ErrorNumbers.EPERM;
    }

    /** Makes it known: its descriptor, its place among its parent's children, its id. */
    private long attach(Task child, KernelProcess process, boolean thread) {
        if (!child.join()) {
            return ErrorNumbers.ERESTARTNOINTR;
        }
        if (!thread) {
            synchronized (globals.pids()) {
                globals.pids().add(process);
                KernelProcess above = process.parentProcess();
                if (above != null) {
                    above.family().children().add(process);
                }
            }
        }
        long error = arguments.has(CloneCalls.CLONE_PIDFD) ? openPidfd(child) : 0;
        if (error != 0 && !thread) {
            synchronized (globals.pids()) {
                TaskExit.releaseTask(process);
            }
        }
        return error;
    }

    private long openPidfd(Task child) {
        int flags = arguments.has(CloneCalls.CLONE_THREAD) ? Pidfd.PIDFD_THREAD : 0;
        File file = Pidfd.file(current, child.tid(), flags);
        long descriptor = FilesStruct.open(current, file, FilesStruct.OnExec.CLOSE);
        if (descriptor < 0) {
            return descriptor;
        }
        if (!current.uaccess().putUser32(arguments.pidfd(), descriptor)) {
            current.files().close((int) descriptor);
            return ErrorNumbers.EFAULT;
        }
        return 0;
    }

    private long run(Task child, KernelProcess process, boolean thread) {
        int tid = child.tid();
        if (arguments.has(CloneCalls.CLONE_PARENT_SETTID)) {
            current.uaccess().putUser32(arguments.parentTid(), tid);
        }
        if (arguments.has(CloneCalls.CLONE_CHILD_SETTID)) {
            // Of schedule_tail(): the child's first act, in its own memory.
            child.uaccess().putUser32(arguments.childTid(), tid);
        }
        VforkDone done = null;
        if (arguments.has(CloneCalls.CLONE_VFORK)) {
            done = new VforkDone(current);
            child.setVforkDone(done);
        }
        if (!host.wakeUp(child)) {
            child.setVforkDone(null);
            child.leave();
            host.discard(child);
            if (!thread) {
                synchronized (globals.pids()) {
                    TaskExit.releaseTask(process);
                }
                process.releaseParts();
            }
            return ErrorNumbers.EAGAIN;
        }
        if (done != null) {
            done.await();
        }
        return tid;
    }
}
