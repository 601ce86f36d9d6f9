package dev.trapgate.emulator;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.cpu.AddressSpace;
import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.Descriptor;
import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.arch.x86.entry.Kernel;
import dev.trapgate.emulator.linux.arch.x86.entry.SyscallTable;
import dev.trapgate.emulator.linux.drivers.CharacterDevices;
import dev.trapgate.emulator.linux.drivers.Console;
import dev.trapgate.emulator.linux.drivers.tty.ProcessGroups;
import dev.trapgate.emulator.linux.drivers.tty.TtyStruct;
import dev.trapgate.emulator.linux.fs.DeviceInode;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.FileSpace;
import dev.trapgate.emulator.linux.fs.FilesStruct;
import dev.trapgate.emulator.linux.fs.KernelMounts;
import dev.trapgate.emulator.linux.fs.Path;
import dev.trapgate.emulator.linux.fs.PseudoSuperBlock;
import dev.trapgate.emulator.linux.fs.exec.ExecException;
import dev.trapgate.emulator.linux.fs.exec.LinuxBinprm;
import dev.trapgate.emulator.linux.fs.exec.Personality;
import dev.trapgate.emulator.linux.init.RootTree;
import dev.trapgate.emulator.linux.kernel.KernelGlobals;
import dev.trapgate.emulator.linux.kernel.KernelProcess;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.TaskAttributes;
import dev.trapgate.emulator.linux.kernel.time.Timekeeper;
import dev.trapgate.emulator.linux.mm.Mm;
import dev.trapgate.emulator.linux.mm.PhysicalMemory;
import dev.trapgate.entry.UserMemory;
import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A computer in the JVM: processors, memory, a Linux kernel, and one program whose threads are the Java threads that
 * use it. Machines share nothing.
 *
 * <p>Any number of Java threads may use a machine; each is a thread of the emulated program, with registers, a kernel
 * stack and a thread id of its own.
 */
public final class EmulatedMachine implements AutoCloseable {

    private static final Cleaner CLEANER = Cleaner.create();

    private static final int FIRST_PID = 1000;
    private static final int STANDARD_DESCRIPTORS = 3;
    private static final long PAGE_LIMIT = 1 << 18;
    /** Files have half as much memory as programs: tmpfs's default size. */
    private static final long FILES_SHARE = 2;

    private static final long STACK_SIZE = 2 * PageFrames.PAGE_SIZE;
    private static final int STACK_HEAD = 16;
    private static final long STUBS = 0x0804_8000L;
    private static final long COMPAT_STACKS = 0xf000_0000L;

    private final KernelGeneration generation;
    private final Vendor vendor;
    private final AddressSpace space = new AddressSpace();
    private final MachineLayout layout;
    private final Kernel kernel;
    private final GuestTasks guests;
    private final Mm mm;
    private final KernelProcess process;
    private final RootTree tree;
    private final Console console = new Console();
    private final UserStubs stubs = new UserStubs(STUBS);
    private final BitSet numbers = new BitSet();
    /** By what stands for a Java thread; see {@link ThreadLeases}. */
    private final Map<ThreadLeases, EmulatedThread> leases = new WeakHashMap<>();
    /** By the numbers of their processors. */
    private final Map<Integer, EmulatedThread> leased = new ConcurrentHashMap<>();

    /**
     * Switches a machine on.
     *
     * @param generation which kernel it runs
     * @param vendor whose processors it has
     */
    public EmulatedMachine(KernelGeneration generation, Vendor vendor) {
        this(MachineSetup.of(generation, vendor));
    }

    /**
     * Switches a machine on.
     *
     * @param setup what it is to be like
     * @throws IllegalArgumentException if its root or working directory cannot be had
     */
    public EmulatedMachine(MachineSetup setup) {
        this.generation = setup.generation();
        this.vendor = setup.vendor();
        this.layout = new MachineLayout(generation, vendor, space);
        this.kernel = layout.kernel();
        long pages = setup.memory().map(MachineSetup.Memory::pages).orElse(PAGE_LIMIT);
        PhysicalMemory memory = new PhysicalMemory(
                pages, setup.memory().map(MachineSetup.Memory::pages).orElse(Mm.RAM_PAGES));
        this.mm = layout.newMm(space, memory);
        FileSpace files = new FileSpace(Mm.affordable(pages) * PageFrames.PAGE_SIZE / FILES_SHARE);
        Timekeeper timekeeper = new Timekeeper(InstantSource.system());
        long now = timekeeper.realtime();
        KernelMounts mounts = new KernelMounts(files, now);
        this.tree = setup.root()
                .map(root -> switch (root.changes()) {
                    case REFUSED -> RootTree.over(root.tree(), console, pages, files, now);
                    case COPIED -> RootTree.overCopyOf(root.tree(), console, pages, files, now);
                })
                .orElseGet(() -> RootTree.inMemory(console, pages, files, now));
        KernelGlobals globals = new KernelGlobals(timekeeper, mounts, layout.utsName(), kernel.handlerReturn());
        this.process = new KernelProcess(
                globals,
                FIRST_PID,
                setup.credentials(),
                mm,
                files(mounts),
                tree.begin(setup.workingDirectory(), setup.credentials()));
        globals.pids().begin(process);
        PageFrames vvar = MachineLayout.vvar(timekeeper);
        this.guests = new GuestTasks(this, layout, memory, vvar);
        MachineLayout.mapPage(mm, STUBS, Mm.PROT_READ | Mm.PROT_EXEC, "trapgate", stubs.page());
        layout.mapVdso(mm, vvar);
    }

    private FilesStruct files(KernelMounts mounts) {
        File terminal = terminal(mounts, console);
        FilesStruct files = new FilesStruct();
        for (int descriptor = 0; descriptor < STANDARD_DESCRIPTORS; descriptor++) {
            files.replace(terminal.acquire(), descriptor, FilesStruct.OnExec.KEEP);
        }
        terminal.release();
        return files;
    }

    private static File terminal(KernelMounts mounts, FileOperations operations) {
        PseudoSuperBlock devpts = mounts.devpts();
        Path path = devpts.path(new DeviceInode(devpts, Console.PERMISSIONS, Console.DEVICE, operations), "0");
        return new File(path, File.O_RDWR | File.O_LARGEFILE, operations);
    }

    /**
     * Puts an open file behind a descriptor of the program, before it starts.
     *
     * @param descriptor 0, 1 or 2, or any other that it may have
     * @param file the open file, whose only reference the descriptor takes over
     */
    public void connect(int descriptor, File file) {
        process.files().replace(file, descriptor, FilesStruct.OnExec.KEEP);
    }

    /**
     * Gives the program's session a controlling terminal, with the program in its foreground: it is /dev/tty and /dev/pts/0.
     *
     * @param tty the terminal, made for the {@link #processGroups} of this machine
     */
    public void attach(TtyStruct tty) {
        tree.attach(tty, TtyStruct.PERMISSIONS, process.credentials());
        tty.control(process.jobControl().session(), process.jobControl().processGroup());
    }

    /** Takes the controlling terminal away: to open /dev/tty is refused. */
    public void withoutTerminal() {
        tree.attach(CharacterDevices.NO_TERMINAL, 0, process.credentials());
    }

    /**
     * {@return an attached terminal, opened to read and to write}
     *
     * @param tty the terminal
     */
    public File terminalFile(TtyStruct tty) {
        return new File(tree.terminal(), File.O_RDWR | File.O_LARGEFILE, tty);
    }

    /** {@return its process groups, for a terminal} */
    public ProcessGroups processGroups() {
        return new MachineProcessGroups(process.globals().pids());
    }

    /** {@return which kernel it runs} */
    public KernelGeneration generation() {
        return generation;
    }

    /** {@return whose processors it has} */
    public Vendor vendor() {
        return vendor;
    }

    /** {@return the terminal behind descriptors 0, 1 and 2} */
    public Console console() {
        return console;
    }

    /** {@return the program: its memory, descriptors and signal actions} */
    public KernelProcess process() {
        return process;
    }

    /**
     * {@return the table of calls for a convention: look up, dump, replace and restore its entries; empty if this kernel has
     * none}
     *
     * @param abi the convention
     */
    public Optional<SyscallTable> table(Abi abi) {
        return kernel.table(abi);
    }

    /** {@return where a program finds {@code __kernel_vsyscall}: AT_SYSINFO} */
    public long kernelVsyscall() {
        return kernel.kernelVsyscall();
    }

    /** {@return how this machine's kernel lays out programs of a width; ENOEXEC is thrown if it does not run such ones} */
    Personality personality(Descriptor.Width width) throws ExecException {
        return layout.personality(width);
    }

    /** Says what the program's first thread executes: /proc/self/exe, comm and cmdline. */
    void executes(LinuxBinprm bprm, Task first) {
        String name = bprm.fileName();
        byte[] last = name.substring(name.lastIndexOf('/') + 1).getBytes(StandardCharsets.UTF_8);
        first.attributes().setName(Arrays.copyOf(last, Math.min(last.length, TaskAttributes.NAME_SIZE - 1)));
        KernelProcess.Executable read = process.executable();
        Path file = read == null ? tree.addProgram(name, bprm.contents()) : read.file();
        process.setExecutable(new KernelProcess.Executable(file, bprm.arguments()));
    }

    /**
     * {@return where programs of a width find their vDSO: AT_SYSINFO_EHDR}
     *
     * @param width 32- or 64-bit programs
     */
    public long vdso(Descriptor.Width width) {
        return layout.vdso(width);
    }

    /**
     * {@return where the program's stub page holds an instruction}
     *
     * @param instruction the instruction
     */
    public long address(UserInstruction instruction) {
        return stubs.address(instruction);
    }

    /**
     * Memory of the program for a convention's addresses.
     *
     * @param abi below 4 GiB for {@link Abi#I386}
     * @return where to allocate
     */
    public UserMemory memory(Abi abi) {
        return memoryBelow(abi.pointerSize() == 4 ? COMPAT_STACKS : Long.MAX_VALUE);
    }

    /**
     * Memory of the program below an address.
     *
     * @param limit the exclusive upper bound of its addresses
     * @return where to allocate
     */
    public UserMemory memoryBelow(long limit) {
        return new EmulatedMemory(mm, limit, () -> currentThread().task().uaccess());
    }

    /**
     * {@return the emulated thread that the calling Java thread is; a new one the first time, and after its end}
     *
     * @throws IllegalStateException if the machine has been closed or its program has ended
     */
    public EmulatedThread currentThread() {
        return ThreadLeases.ofThisThread().on(this);
    }

    /** {@return the emulated thread of a Java thread; a new one the first time and after its end} */
    EmulatedThread lease(ThreadLeases holder) {
        synchronized (leases) {
            EmulatedThread thread = leases.get(holder);
            if (thread == null || thread.task().end() != null) {
                thread = newThread();
                leases.put(holder, thread);
                giveBackAfter(holder, thread);
            }
            return thread;
        }
    }

    /** Gives a thread back once the Java thread that it was for is gone, unless the machine is gone before. */
    private void giveBackAfter(ThreadLeases holder, EmulatedThread thread) {
        int number = thread.task().cpuNumber();
        leased.put(number, thread);
        WeakReference<EmulatedMachine> machine = new WeakReference<>(this);
        CLEANER.register(holder, () -> {
            EmulatedMachine still = machine.get();
            if (still != null) {
                still.giveBack(number);
            }
        });
    }

    private void giveBack(int number) {
        EmulatedThread thread = leased.remove(number);
        if (thread != null && process.end() == null) {
            release(thread);
        }
    }

    /**
     * Makes an emulated thread that no Java thread is yet; {@link #release} gives it back.
     *
     * @return the thread, at the start of a 32- or 64-bit program as its kernel prefers
     * @throws IllegalStateException if the machine has been closed or its program has ended
     */
    public EmulatedThread newThread() {
        if (process.end() != null) {
            throw ended();
        }
        int number = takeNumber();
        Task task = newTask(process, FIRST_PID + number, number);
        process.globals().pids().taken(task.tid());
        if (!task.join()) {
            release(task);
            throw ended();
        }
        long end = mapStack();
        return new EmulatedThread(task, kernel, stubs, end - STACK_HEAD, end - STACK_SIZE);
    }

    private IllegalStateException ended() {
        return new IllegalStateException("the emulated program has " + process.end() + "; use a new machine");
    }

    private int takeNumber() {
        synchronized (numbers) {
            int number = numbers.nextClearBit(0);
            numbers.set(number);
            return number;
        }
    }

    /** {@return a task of a program that runs here, which its process does not count yet} */
    Task newTask(KernelProcess of, int tid) {
        return newTask(of, tid, takeNumber());
    }

    private Task newTask(KernelProcess of, int tid, int number) {
        Cpu cpu = new Cpu(vendor, of.mm().space());
        kernel.startCpu(cpu, number);
        return new Task(tid, number, of, cpu);
    }

    /** {@return a task of a program as a thread to run} */
    EmulatedThread thread(Task task) {
        return new EmulatedThread(task, kernel, stubs, 0, 0);
    }

    /** Takes a task's processor back. */
    void stop(Task task) {
        kernel.stopCpu(task.cpuNumber());
        synchronized (numbers) {
            numbers.clear(task.cpuNumber());
        }
    }

    /** {@return what runs the tasks that programs make} */
    GuestTasks guests() {
        return guests;
    }

    private long mapStack() {
        long start = mm.place(STACK_SIZE, COMPAT_STACKS, "[stack]", null);
        if (start < 0) {
            throw new IllegalStateException("the emulated program has no room for another thread's stack");
        }
        return start + STACK_SIZE;
    }

    /**
     * Gives a thread's processor, stacks and id back. It must not be used any more.
     *
     * @param thread a thread of this machine
     */
    public void release(EmulatedThread thread) {
        release(thread.task());
        long end = Mm.pageUp(thread.stackEnd());
        mm.unmap(end - STACK_SIZE, end);
    }

    private void release(Task task) {
        task.release();
        stop(task);
    }

    /** Switches the machine off: its programs are killed, calls that sleep in it end, and its files are closed. */
    @Override
    public void close() {
        process.groupExit(Task.killedBy(Signal.of(Signal.SIGKILL)));
        guests.endAll();
        process.timekeeper().hrtimers().stop();
        process.closeFilesIfEnded();
        mm.unmapFiles();
    }
}
