package dev.trapgate.emulator;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.fs.hostfs.HostTree;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.mm.Mm;
import java.util.Optional;

/**
 * What an {@link EmulatedMachine} is to be like.
 *
 * @param generation which kernel it runs
 * @param vendor whose processors it has
 * @param credentials whose rights its program has
 * @param workingDirectory the program's working directory, an absolute path; it is made, with its parents, owned by the
 *     program's user
 * @param root what the program's root directory shows; empty for an empty tree in memory
 * @param memory how much memory it has; empty for a gibibyte, less on a small host, of which the program is told more
 */
public record MachineSetup(
        KernelGeneration generation,
        Vendor vendor,
        Credentials credentials,
        String workingDirectory,
        Optional<Root> root,
        Optional<Memory> memory) {

    /**
     * A directory of the machine that the JVM runs on as a program's root directory.
     *
     * @param tree the directory
     * @param changes what becomes of the program's changes
     */
    public record Root(HostTree tree, Changes changes) {}

    /** What becomes of changes to a root directory. The machine that the JVM runs on never sees any. */
    public enum Changes {
        /** They are refused: the file system is read-only. */
        REFUSED,
        /** They are made to a copy in memory, which is gone with the emulated machine. */
        COPIED
    }

    /**
     * How much memory a machine has. The program's own pages may take it all; files in memory may take half as much beside it,
     * as tmpfs does by default.
     *
     * @param bytes how much, {@link #LEAST} to {@link #most()}; parts of a page are not counted
     */
    public record Memory(long bytes) {

        /** The least: a small program with its stack has room in it. */
        public static final long LEAST = 1 << 20;

        /**
         * Checks the amount.
         *
         * @throws IllegalArgumentException if it is less or more than can be had
         */
        public Memory {
            if (bytes < LEAST || bytes > most()) {
                throw new IllegalArgumentException(
                        bytes + " bytes of memory; " + LEAST + " to " + most() + " can be had with this heap");
            }
        }

        /** {@return the most, in bytes: what the JVM's heap can spare} */
        public static long most() {
            return Mm.affordable(Long.MAX_VALUE) << PageFrames.PAGE_SHIFT;
        }

        /** {@return how many pages that are} */
        long pages() {
            return bytes >>> PageFrames.PAGE_SHIFT;
        }
    }

    /**
     * {@return a machine for an ordinary user in the root directory of a tree in memory}
     *
     * @param generation which kernel
     * @param vendor whose processor
     */
    public static MachineSetup of(KernelGeneration generation, Vendor vendor) {
        return new MachineSetup(generation, vendor, Credentials.USER, "/", Optional.empty(), Optional.empty());
    }

    /**
     * {@return the same machine for another user}
     *
     * @param user the user
     */
    public MachineSetup as(Credentials user) {
        return new MachineSetup(generation, vendor, user, workingDirectory, root, memory);
    }

    /**
     * {@return the same machine with another working directory}
     *
     * @param directory its path there
     */
    public MachineSetup in(String directory) {
        return new MachineSetup(generation, vendor, credentials, directory, root, memory);
    }

    /**
     * {@return the same machine over a directory of the machine that the JVM runs on, which it cannot change}
     *
     * @param directory the directory
     */
    public MachineSetup over(HostTree directory) {
        return rootedIn(new Root(directory, Changes.REFUSED));
    }

    /**
     * {@return the same machine over a copy, made as it is needed, of a directory of the machine that the JVM runs on}
     *
     * @param directory the directory
     */
    public MachineSetup overCopyOf(HostTree directory) {
        return rootedIn(new Root(directory, Changes.COPIED));
    }

    private MachineSetup rootedIn(Root directory) {
        return new MachineSetup(generation, vendor, credentials, workingDirectory, Optional.of(directory), memory);
    }

    /**
     * {@return the same machine with so much memory}
     *
     * @param amount how much
     */
    public MachineSetup with(Memory amount) {
        return new MachineSetup(generation, vendor, credentials, workingDirectory, root, Optional.of(amount));
    }
}
