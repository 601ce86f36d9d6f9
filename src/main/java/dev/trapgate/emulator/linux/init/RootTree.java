package dev.trapgate.emulator.linux.init;

import dev.trapgate.emulator.linux.drivers.CharacterDevices;
import dev.trapgate.emulator.linux.drivers.Console;
import dev.trapgate.emulator.linux.drivers.tty.ControllingTerminal;
import dev.trapgate.emulator.linux.drivers.tty.TtyStruct;
import dev.trapgate.emulator.linux.fs.Dentry;
import dev.trapgate.emulator.linux.fs.DeviceInode;
import dev.trapgate.emulator.linux.fs.Directory;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.FileSpace;
import dev.trapgate.emulator.linux.fs.FsStruct;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.Mount;
import dev.trapgate.emulator.linux.fs.Path;
import dev.trapgate.emulator.linux.fs.SuperBlock;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileException;
import dev.trapgate.emulator.linux.fs.hostfs.HostTree;
import dev.trapgate.emulator.linux.fs.hostfs.HostfsSuperBlock;
import dev.trapgate.emulator.linux.fs.proc.ProcSuperBlock;
import dev.trapgate.emulator.linux.fs.tmpfs.TmpfsSuperBlock;
import dev.trapgate.emulator.linux.kernel.Credentials;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files that a program finds: {@code /}, {@code /tmp}, {@code /dev} with its devices, {@code /dev/shm} and
 * {@code /proc}, the last three file systems of their own; and the program's working directory.
 */
public final class RootTree {

    private static final int ROOT_DEVICE = 2;
    private static final int DEV_DEVICE = 5;
    private static final int SHM_DEVICE = 23;
    private static final int PTS_DEVICE = 24;
    private static final String FIRST_TERMINAL = "0";
    /** The group that owns terminals: "tty" of Debian. */
    private static final int TTY_GROUP = 5;

    private static final int TMP_DEVICE = 25;
    private static final int DIRECTORY = 0755;
    private static final int PROC_DEVICE = 21;
    private static final int PROC = 0555;
    private static final int STICKY = 01777;
    private static final int ANYONE = 0666;
    private static final int CONSOLE = 0600;
    private static final int PROGRAM = 0755;

    private final long now;
    private final long pages;
    private final FileSpace space;
    private final Mount root;
    private final ControllingTerminal terminal = new ControllingTerminal(CharacterDevices.NO_TERMINAL);
    private @Nullable Mount pts;

    private RootTree(SuperBlock rootfs, Dentry top, long pages, FileSpace space, long now) {
        this.now = now;
        this.pages = pages;
        this.space = space;
        this.root = new Mount(rootfs, top, null);
    }

    /**
     * Makes a tree in memory.
     *
     * @param console the terminal behind /dev/console and /dev/tty
     * @param pages how large its file systems say they are, in pages
     * @param space the memory that they all have
     * @param now the time, in nanoseconds since 1970
     * @return the tree
     */
    public static RootTree inMemory(Console console, long pages, FileSpace space, long now) {
        TmpfsSuperBlock rootfs = new TmpfsSuperBlock(ROOT_DEVICE, pages, space, DIRECTORY, now);
        RootTree tree = new RootTree(rootfs, rootfs.root(), pages, space, now);
        rootfs.mkdir(rootfs.root(), "tmp", STICKY, now);
        tree.mountDevices(rootfs.mkdir(rootfs.root(), "dev", DIRECTORY, now), console);
        tree.mountProc(rootfs.mkdir(rootfs.root(), "proc", PROC, now));
        return tree;
    }

    /**
     * Makes a tree over a directory of the machine that the JVM runs on, which is its root, read-only; {@code /tmp} is in
     * memory like {@code /dev}.
     *
     * @param host the directory
     * @param console the terminal behind /dev/console and /dev/tty
     * @param pages how large its file systems say they are, in pages
     * @param space the memory that they all have
     * @param now the time, in nanoseconds since 1970
     * @return the tree
     * @throws IllegalArgumentException if the directory is not there
     */
    public static RootTree over(HostTree host, Console console, long pages, FileSpace space, long now) {
        try {
            HostfsSuperBlock rootfs = new HostfsSuperBlock(ROOT_DEVICE, host, pages, space);
            RootTree tree = new RootTree(rootfs, rootfs.root(), pages, space, now);
            tree.mount(tree.root, rootfs.mountPoint("tmp", now), TMP_DEVICE, STICKY);
            tree.mountDevices(rootfs.mountPoint("dev", now), console);
            tree.mountProc(rootfs.mountPoint("proc", now));
            return tree;
        } catch (HostFileException gone) {
            throw new IllegalArgumentException("the root directory cannot be used: " + gone.getMessage(), gone);
        }
    }

    /**
     * Makes a tree that begins as a directory of the machine that the JVM runs on, which is its root; what is changed is changed
     * in memory. {@code /tmp} and {@code /dev} are as in {@link #over}.
     *
     * @param host the directory
     * @param console the terminal behind /dev/console and /dev/tty
     * @param pages how large its file systems say they are, in pages
     * @param space the memory that they all have
     * @param now the time, in nanoseconds since 1970
     * @return the tree
     * @throws IllegalArgumentException if the directory is not there
     */
    public static RootTree overCopyOf(HostTree host, Console console, long pages, FileSpace space, long now) {
        try {
            TmpfsSuperBlock rootfs = new TmpfsSuperBlock(ROOT_DEVICE, pages, space, host);
            RootTree tree = new RootTree(rootfs, rootfs.root(), pages, space, now);
            tree.mount(tree.root, rootfs.mountPoint("tmp", STICKY, now), TMP_DEVICE, STICKY);
            tree.mountDevices(rootfs.mountPoint("dev", DIRECTORY, now), console);
            tree.mountProc(rootfs.mountPoint("proc", PROC, now));
            return tree;
        } catch (HostFileException gone) {
            throw new IllegalArgumentException("the root directory cannot be used: " + gone.getMessage(), gone);
        }
    }

    private Mount mount(Mount parent, Dentry at, int device, int mode) {
        TmpfsSuperBlock fs = new TmpfsSuperBlock(device, pages, space, mode, now);
        Mount mount = new Mount(fs, fs.root(), new Path(parent, at));
        at.mount(mount);
        return mount;
    }

    private void mountDevices(Dentry at, Console console) {
        Mount devices = mount(root, at, DEV_DEVICE, DIRECTORY);
        fillDevices(devices, console);
        TmpfsSuperBlock devtmpfs = (TmpfsSuperBlock) devices.superBlock();
        mount(devices, devtmpfs.mkdir(devices.root(), "shm", DIRECTORY, now), SHM_DEVICE, STICKY);
        pts = mount(devices, devtmpfs.mkdir(devices.root(), "pts", DIRECTORY, now), PTS_DEVICE, DIRECTORY);
    }

    private void mountProc(Dentry at) {
        ProcSuperBlock proc = new ProcSuperBlock(PROC_DEVICE, now);
        at.mount(new Mount(proc, proc.root(), new Path(root, at)));
    }

    private void fillDevices(Mount devices, Console console) {
        TmpfsSuperBlock devtmpfs = (TmpfsSuperBlock) devices.superBlock();
        Map<String, Integer> numbers = new TreeMap<>(Map.of(
                "null", CharacterDevices.NULL,
                "zero", CharacterDevices.ZERO,
                "full", CharacterDevices.FULL,
                "random", CharacterDevices.RANDOM,
                "urandom", CharacterDevices.URANDOM));
        numbers.forEach((name, number) -> CharacterDevices.find(number).ifPresent(operations -> {
            Inode inode = new DeviceInode(devtmpfs, ANYONE, number, operations);
            devtmpfs.place(devices.root(), name, inode, now);
        }));
        terminal.become(console);
        Inode controlling = new DeviceInode(devtmpfs, ANYONE, CharacterDevices.number(5, 0), terminal);
        devtmpfs.place(devices.root(), "tty", controlling, now);
        Inode systemConsole = new DeviceInode(devtmpfs, CONSOLE, CharacterDevices.number(5, 1), terminal);
        devtmpfs.place(devices.root(), "console", systemConsole, now);
    }

    /**
     * Makes a terminal the one of the machine: /dev/tty, /dev/console and /dev/pts/0.
     *
     * @param operations what it does
     * @param permissions its permission bits; 0 for one that is not in /dev/pts
     * @param user whose it is
     */
    public void attach(FileOperations operations, int permissions, Credentials user) {
        terminal.become(operations);
        if (permissions != 0 && pts != null) {
            TmpfsSuperBlock devpts = (TmpfsSuperBlock) pts.superBlock();
            Inode inode = new DeviceInode(devpts, permissions, TtyStruct.DEVICE, operations);
            inode.setOwner(user.fsuid(), TTY_GROUP);
            devpts.place(pts.root(), FIRST_TERMINAL, inode, now);
        }
    }

    /**
     * {@return where the terminal is that was attached: /dev/pts/0}
     *
     * @throws IllegalStateException if none was
     */
    public Path terminal() {
        Dentry found = pts == null ? null : ((TmpfsSuperBlock) pts.superBlock()).find(pts.root(), FIRST_TERMINAL);
        if (pts == null || found == null) {
            throw new IllegalStateException("no terminal was attached");
        }
        return new Path(pts, found);
    }

    /**
     * Places a program in the tree.
     *
     * @param workingDirectory its working directory, an absolute path without {@code .}, {@code ..} and symbolic links; what
     *     is missing of it is made, the last part owned by the program's user
     * @param user whose program it is
     * @return its root and working directory
     * @throws IllegalArgumentException if the path is not such a one, or would have to be made in a directory that is read-only
     */
    public FsStruct begin(String workingDirectory, Credentials user) {
        if (!workingDirectory.startsWith("/")) {
            throw new IllegalArgumentException(
                    "working directory " + workingDirectory + " is not absolute; begin it with a slash");
        }
        Path top = new Path(root, root.root());
        Path at = top;
        List<String> names = Stream.of(workingDirectory.split("/", -1))
                .filter(name -> !name.isEmpty())
                .toList();
        for (int i = 0; i < names.size(); i++) {
            at = step(at, names.get(i), i == names.size() - 1 ? user : Credentials.ROOT);
            if (!(at.inode() instanceof Directory)) {
                throw new IllegalArgumentException(
                        "a working directory with " + names.get(i) + ", which is no directory");
            }
        }
        return new FsStruct(top, at);
    }

    /**
     * Puts a program's file into the tree, with the directories above it, as far as they are missing.
     *
     * @param name its path; one that is not absolute begins at the root
     * @param contents its bytes
     * @return the file; null if there is no memory for it, something else has its name, or the root is not in memory
     */
    public @Nullable Path addProgram(String name, byte[] contents) {
        Deque<String> names = new ArrayDeque<>();
        for (String part : name.split("/", -1)) {
            if (part.equals("..")) {
                names.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                names.addLast(part);
            }
        }
        String last = names.pollLast();
        Path at = new Path(root, root.root());
        if (!(root.superBlock() instanceof TmpfsSuperBlock)) {
            return null;
        }
        for (String part : names) {
            if (!isDirectory(at)) {
                return null;
            }
            at = step(at, part, Credentials.ROOT);
        }
        if (last == null || !isDirectory(at)) {
            return null;
        }
        TmpfsSuperBlock fs = (TmpfsSuperBlock) at.mount().superBlock();
        boolean isFree = fs.find(at.dentry(), last) == null;
        Dentry made = isFree ? fs.file(at.dentry(), last, contents, PROGRAM, now) : null;
        return made == null ? null : new Path(at.mount(), made);
    }

    private static boolean isDirectory(Path at) {
        return at.mount().superBlock() instanceof TmpfsSuperBlock && at.inode() instanceof Directory;
    }

    /** Goes to a directory. One that is made belongs to the user. */
    private Path step(Path at, String name, Credentials user) {
        if (!(at.mount().superBlock() instanceof TmpfsSuperBlock fs)) {
            throw new IllegalArgumentException(
                    "a working directory of " + name + " below a read-only root; / can be one");
        }
        Dentry found = fs.find(at.dentry(), name);
        if (found == null) {
            found = fs.mkdir(at.dentry(), name, DIRECTORY, now);
            found.inode().setOwner(user.fsuid(), user.fsgid());
        }
        Mount over = found.mounted();
        return over == null ? new Path(at.mount(), found) : new Path(over, over.root());
    }
}
