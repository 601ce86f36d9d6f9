package dev.trapgate.emulator;

import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.kernel.Credentials;

/**
 * What an {@link EmulatedMachine} is to be like.
 *
 * @param generation which kernel it runs
 * @param vendor whose processors it has
 * @param credentials whose rights its program has
 * @param workingDirectory the program's working directory, an absolute path; it is made, with its parents, owned by the
 *     program's user
 */
public record MachineSetup(
        KernelGeneration generation, Vendor vendor, Credentials credentials, String workingDirectory) {

    /** {@return a machine for an ordinary user in the root directory} */
    public static MachineSetup of(KernelGeneration generation, Vendor vendor) {
        return new MachineSetup(generation, vendor, Credentials.USER, "/");
    }

    /** {@return the same machine for another user} */
    public MachineSetup as(Credentials user) {
        return new MachineSetup(generation, vendor, user, workingDirectory);
    }

    /** {@return the same machine with another working directory} */
    public MachineSetup in(String directory) {
        return new MachineSetup(generation, vendor, credentials, directory);
    }
}
