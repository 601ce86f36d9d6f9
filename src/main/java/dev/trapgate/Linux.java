package dev.trapgate;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.capability.Capabilities;
import dev.trapgate.emulator.EmulatedGates;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateUnavailableException;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.event.EventCalls;
import dev.trapgate.fs.FanotifyCalls;
import dev.trapgate.fs.FileCalls;
import dev.trapgate.fs.FsCalls;
import dev.trapgate.fs.InodeCalls;
import dev.trapgate.fs.InotifyCalls;
import dev.trapgate.fs.LinkCalls;
import dev.trapgate.fs.XattrCalls;
import dev.trapgate.io.DescriptorCalls;
import dev.trapgate.io.IoCalls;
import dev.trapgate.io.TerminalCalls;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Hazard;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.RefusedCallException;
import dev.trapgate.kernel.StackTraces;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.mm.MmCalls;
import dev.trapgate.mm.UserfaultCalls;
import dev.trapgate.net.NetCalls;
import dev.trapgate.perf.PerfCalls;
import dev.trapgate.pipe.PipeCalls;
import dev.trapgate.process.ProcessCalls;
import dev.trapgate.process.SignalCalls;
import dev.trapgate.rand.RandCalls;
import dev.trapgate.security.CapabilityCalls;
import dev.trapgate.security.SeccompCalls;
import dev.trapgate.security.SecurityCalls;
import dev.trapgate.system.SystemCalls;
import dev.trapgate.thread.FutexCalls;
import dev.trapgate.thread.ThreadCalls;
import dev.trapgate.time.TimeCalls;
import dev.trapgate.trace.Tracing;
import dev.trapgate.uring.IoUring;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Linux, by system calls with types: the host's kernel, the emulated one, or whatever is behind a {@link SyscallEntry}. The same
 * program runs over each.
 *
 * <p>Methods carry the kernel's names. Errors are {@link SyscallException}s, interruption by a signal (EINTR) among them;
 * {@link #raw} answers as the kernel does. What is opened is a {@link FileDescriptor} and has to be closed. Keep a Linux in a
 * {@code static final} field: typed calls then cost what raw ones do.
 *
 * <p>A call that blocks, blocks the platform thread that makes it, a virtual thread's carrier included.
 */
public sealed interface Linux extends AutoCloseable permits OpenLinux {

    /**
     * {@return the host's kernel, by the best open gate} That is the vDSO, which hands on what it cannot answer to the bare
     * instruction or, where memory cannot be made executable, to {@code syscall(2)}; else those two by themselves.
     * {@link #gate()} and {@link #through} tell which.
     *
     * @throws GateUnavailableException if no gate is open, as anywhere but on Linux on x86-64; its message says why
     */
    static Linux host() {
        return over(Tracing.recorded(Gates.open(best())));
    }

    private static Gate best() {
        for (Gate gate : new Gate[] {Gate.VDSO, Gate.SYSCALL}) {
            if (Gates.status(gate).isOpen()) {
                return gate;
            }
        }
        return Gate.LIBC_SYSCALL;
    }

    /**
     * {@return an emulated machine of its own, just switched on, by its {@code syscall} instruction} It has an ordinary user's
     * program, and an empty {@code /tmp}. Closing switches it off. {@link EmulatedComputer} has other kernels and processors.
     */
    static Linux emulated() {
        EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.INTEL);
        SyscallEntry entry = Tracing.recorded(EmulatedGates.open(Gate.EMULATED_SYSCALL, machine));
        return OpenLinux.over(Kernel.behind(entry), machine::close);
    }

    /**
     * {@return the kernel behind an entry, which stays its opener's to close}
     *
     * @param entry a gate by ordinary linkage, or what wraps one
     */
    static Linux over(SyscallEntry entry) {
        return OpenLinux.over(Kernel.behind(entry), () -> {});
    }

    /** {@return the same, whose exceptions are without stack traces: for programs to which an errno is an everyday answer} */
    default Linux withoutStackTraces() {
        return OpenLinux.over(kernel().with(StackTraces.OMITTED), this::close);
    }

    /** {@return the kernel, for typed calls of one's own} */
    Kernel kernel();

    /** {@return the way in} */
    default Gate gate() {
        return kernel().gate();
    }

    /**
     * {@return the gate that a call goes through, where {@link #gate()} hands it on}
     *
     * @param call the call
     */
    default Gate through(Syscall call) {
        return kernel().entry().through(call.number(kernel().abi()));
    }

    /**
     * {@return which calls this kernel has and lets through, and how that is known} On the host it is found in child processes,
     * which takes some tenths of a second; the answer is the calling thread's, whose filters they inherit.
     */
    default Capabilities capabilities() {
        return Capabilities.behind(kernel().entry());
    }

    /** {@return memory that this kernel can address without a copy} */
    default UserMemory memory() {
        return kernel().memory();
    }

    /** {@return the tree of files} Paths are Strings; {@code fs().with(PathForm.PATH)} takes them as Path, as do the next five. */
    FsCalls<String> fs();

    /** {@return what inodes say, and may be changed: permissions, owners, times, lengths} */
    InodeCalls<String> inode();

    /** {@return further names and symbolic links} */
    LinkCalls<String> link();

    /** {@return open files: lengths, blocks, copies, locks, files in memory} */
    FileCalls file();

    /** {@return extended attributes} */
    XattrCalls<String> xattr();

    /** {@return being told what happens to files} */
    InotifyCalls<String> inotify();

    /** {@return being told of, and asked about, whatever happens to files of whole file systems} */
    FanotifyCalls<String> fanotify();

    /** {@return input and output on descriptors} */
    IoCalls io();

    /** {@return descriptors themselves: copies and flags} */
    DescriptorCalls descriptor();

    /** {@return terminals, pseudoterminals, and ioctl of any device} */
    TerminalCalls terminal();

    /** {@return pipes} */
    PipeCalls pipe();

    /** {@return sockets} */
    NetCalls net();

    /** {@return waiting for events} */
    EventCalls event();

    /** {@return clocks and sleeping} */
    TimeCalls time();

    /** {@return mappings of memory} */
    MmCalls mm();

    /** {@return page faults answered by a program} */
    UserfaultCalls userfault();

    /** {@return processes} */
    ProcessCalls process();

    /** {@return threads} */
    ThreadCalls thread();

    /** {@return sleeping until a word of memory changes} */
    FutexCalls futex();

    /** {@return signals to threads, and signals to read} */
    SignalCalls signal();

    /** {@return counting events of the processor and the kernel} */
    PerfCalls perf();

    /** {@return random bytes} */
    RandCalls rand();

    /** {@return the system as a whole} */
    SystemCalls system();

    /** {@return giving up files, by Landlock} */
    SecurityCalls security();

    /** {@return giving up system calls, by filters} */
    SeccompCalls seccomp();

    /** {@return what of root's rights a thread has} */
    CapabilityCalls capability();

    /**
     * Makes an io_uring, to be closed by the thread that asked for it.
     *
     * @param size how many calls may be prepared at once, 1 to 32768
     * @return the ring
     * @throws SyscallException EPERM where it is switched off; ENOSYS before Linux 5.1, or under a filter
     * @throws UnsupportedOperationException if this gate's memory is not Java's
     */
    default IoUring ioUring(int size) {
        return new IoUring(kernel(), size);
    }

    /**
     * Makes any call, by numbers.
     *
     * @param call the call
     * @param arguments its arguments, six at most; addresses are those of {@link #memory()}
     * @return its value
     * @throws SyscallException if the kernel answers an error
     * @throws RefusedCallException if the call would harm this JVM; {@link #raw} makes it
     */
    default long call(Syscall call, long... arguments) {
        if (gate().kind() == Gate.Kind.NATIVE) {
            Hazard.refuse(call);
        }
        long answer = raw(call, arguments);
        if (Errno.isError(answer)) {
            throw kernel().failure(call, answer, six(arguments));
        }
        return answer;
    }

    /**
     * Makes any call, by numbers, and whatever it does to this JVM: {@link Hazard} knows some of that.
     *
     * @param call the call
     * @param arguments its arguments, six at most
     * @return what the kernel answers: −4095 to −1 for an error
     */
    default long raw(Syscall call, long... arguments) {
        long[] six = six(arguments);
        return kernel().entry().enter(call.number(kernel().abi()), six[0], six[1], six[2], six[3], six[4], six[5]);
    }

    private static long[] six(long[] arguments) {
        if (arguments.length > 6) {
            throw new IllegalArgumentException(arguments.length + " arguments: a system call takes six at most");
        }
        return Arrays.copyOf(arguments, 6);
    }

    /**
     * Makes a call again while a signal interrupts it. Only for calls whose arguments still stand then: not for a timeout that
     * would begin anew, and never for close.
     *
     * @param call the call
     * @return its value
     * @throws SyscallException if the kernel answers another error
     */
    static long retryOnEintr(LongSupplier call) {
        while (true) {
            try {
                return call.getAsLong();
            } catch (SyscallException failure) {
                requireEintr(failure);
            }
        }
    }

    /**
     * Makes a call again while a signal interrupts it, as {@link #retryOnEintr(LongSupplier)}.
     *
     * @param <T> what it answers
     * @param call the call
     * @return its value
     * @throws SyscallException if the kernel answers another error
     */
    static <T> T retryOnEintr(Supplier<T> call) {
        while (true) {
            try {
                return call.get();
            } catch (SyscallException failure) {
                requireEintr(failure);
            }
        }
    }

    private static void requireEintr(SyscallException failure) {
        if (!failure.is(Errno.EINTR)) {
            throw failure;
        }
    }

    /** Switches off what {@link #emulated()} switched on; the host stays as it is. */
    @Override
    void close();
}
