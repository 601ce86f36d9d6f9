package dev.trapgate.emulator;

import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.fs.hostfs.HostTree;
import dev.trapgate.emulator.linux.kernel.Credentials;
import java.util.Optional;

/**
 * What an {@link EmulatedMachine} is to be like.
 *
 * @param generation which kernel it runs
 * @param vendor whose processors it has
 * @param credentials whose rights its program has
 * @param workingDirectory the program's working directory, an absolute path; it is made, with its parents, owned by the
 *     program's user
 * @param root what the program's root directory shows, read-only; empty for a tree in memory
 */
public record MachineSetup(
        KernelGeneration generation,
        Vendor vendor,
        Credentials credentials,
        String workingDirectory,
        Optional<HostTree> root) {

    /**
     * {@return a machine for an ordinary user in the root directory of a tree in memory}
     *
     * @param generation which kernel
     * @param vendor whose processor
     */
    public static MachineSetup of(KernelGeneration generation, Vendor vendor) {
        return new MachineSetup(generation, vendor, Credentials.USER, "/", Optional.empty());
    }

    /**
     * {@return the same machine for another user}
     *
     * @param user the user
     */
    public MachineSetup as(Credentials user) {
        return new MachineSetup(generation, vendor, user, workingDirectory, root);
    }

    /**
     * {@return the same machine with another working directory}
     *
     * @param directory its path there
     */
    public MachineSetup in(String directory) {
        return new MachineSetup(generation, vendor, credentials, directory, root);
    }

    /**
     * {@return the same machine over a directory of the machine that the JVM runs on}
     *
     * @param directory the directory
     */
    public MachineSetup over(HostTree directory) {
        return new MachineSetup(generation, vendor, credentials, workingDirectory, Optional.of(directory));
    }
}
