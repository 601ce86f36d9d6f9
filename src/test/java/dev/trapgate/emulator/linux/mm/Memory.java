package dev.trapgate.emulator.linux.mm;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedEntry;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.MachineSetup;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;

/** A machine whose program makes memory calls. */
final class Memory {

    static final int PAGE = 4096;
    static final long RW = 3;
    static final long PRIVATE = 0x22;
    static final long SHARED = 0x21;
    static final long EFAULT = -Errno.EFAULT.number();
    static final long ENOMEM = -Errno.ENOMEM.number();
    static final long EAGAIN = -Errno.EAGAIN.number();
    static final long EPERM = -Errno.EPERM.number();

    final EmulatedMachine machine;
    final EmulatedEntry gate;
    final Mm mm;

    Memory() {
        this(Credentials.USER);
    }

    Memory(Credentials user) {
        machine = new EmulatedMachine(
                MachineSetup.of(KernelGeneration.MODERN, Vendor.INTEL).as(user).in("/tmp/here"));
        gate = new EmulatedEntry(machine, Gate.EMULATED_SYSCALL);
        mm = machine.process().mm();
    }

    long call(Syscall call, long... arguments) {
        long[] a = java.util.Arrays.copyOf(arguments, 6);
        return gate.enter(call.number(Abi.X86_64), a[0], a[1], a[2], a[3], a[4], a[5]);
    }

    /** {@return where anonymous memory was mapped} */
    long map(long pages, long prot, long flags) {
        return call(Syscall.MMAP, 0, pages * PAGE, prot, flags, -1, 0);
    }

    Uaccess uaccess() {
        return machine.currentThread().task().uaccess();
    }

    boolean write(long address, long value) {
        return uaccess().putUser32(address, value);
    }

    long read(long address) {
        return uaccess().getUser32(address);
    }

    /** {@return the descriptor of a file that was made in the working directory} */
    long open(String name, long flags) {
        try (UserMemory.Scope scope = gate.memory().open()) {
            UserBuffer path = scope.allocate(64, 1);
            path.segment().setString(0, name);
            return call(Syscall.OPEN, path.address(), flags, 0644);
        }
    }

    /** {@return the lines of /proc/self/maps that have a text} */
    java.util.List<String> maps(long start, long end) {
        return MapsText.of(mm, file -> file.path().dentry().name())
                .lines()
                .filter(line -> Long.compareUnsigned(Long.parseUnsignedLong(line.split("-", 2)[0], 16), start) >= 0
                        && Long.compareUnsigned(Long.parseUnsignedLong(line.split("-", 2)[0], 16), end) < 0)
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
    }
}
