package dev.trapgate.emulator.linux.fs;

import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedGates;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.MachineSetup;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One thread's calls about files on an emulated machine, with memory for two names and an answer. */
public final class EmulatedFiles implements AutoCloseable {

    private static final int NAME = 8192;
    private static final int ANSWER = 65536;

    private final SyscallEntry entry;
    private final UserMemory.Scope scope;
    private final UserBuffer[] names;
    private final UserBuffer answer;
    private int used;

    /** Begins on a machine. */
    public EmulatedFiles(EmulatedMachine machine, Gate gate) {
        this.entry = EmulatedGates.open(gate, machine);
        this.scope = entry.memory().open();
        this.names = new UserBuffer[] {scope.allocate(NAME, 8), scope.allocate(NAME, 8)};
        this.answer = scope.allocate(ANSWER, 8);
    }

    /** {@return a machine whose program is in {@code /work}} */
    public static EmulatedMachine machine(Credentials user) {
        return new EmulatedMachine(
                MachineSetup.of(KernelGeneration.MODERN, Vendor.INTEL).as(user).in("/work"));
    }

    /** {@return the call's raw result} */
    public long call(Syscall call, long... arguments) {
        long[] six = Arrays.copyOf(arguments, 6);
        used = 0;
        return entry.enter(call.number(entry.abi()), six[0], six[1], six[2], six[3], six[4], six[5]);
    }

    /** {@return the address of a name in the program's memory; two can be used in a call} */
    public long name(String text) {
        UserBuffer name = names[used++ % names.length];
        byte[] bytes = (text + '\0').getBytes(StandardCharsets.ISO_8859_1);
        MemorySegment.copy(bytes, 0, name.segment(), ValueLayout.JAVA_BYTE, 0, bytes.length);
        return name.address();
    }

    /** {@return the address of memory for an answer} */
    public long answer() {
        return answer.address();
    }

    /** {@return the answer's memory} */
    public MemorySegment answered() {
        return answer.segment();
    }

    /** {@return the start of the answer as text} */
    public String text(long length) {
        byte[] bytes = answer.segment().asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** {@return all that a file says} */
    public String read(String path) {
        long descriptor = call(Syscall.OPEN, name(path), 0, 0);
        StringBuilder all = new StringBuilder();
        long length = call(Syscall.READ, descriptor, answer(), ANSWER);
        while (length > 0) {
            all.append(text(length));
            length = call(Syscall.READ, descriptor, answer(), ANSWER);
        }
        call(Syscall.CLOSE, descriptor);
        return all.toString();
    }

    /** {@return what a link says} */
    public String readlink(String path) {
        return text(Math.max(0, call(Syscall.READLINK, name(path), answer(), ANSWER)));
    }

    @Override
    public void close() {
        scope.close();
    }
}
