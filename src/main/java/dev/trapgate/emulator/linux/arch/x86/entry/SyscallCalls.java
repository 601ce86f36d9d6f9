package dev.trapgate.emulator.linux.arch.x86.entry;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.fs.FsSyscalls;
import dev.trapgate.emulator.linux.fs.IoSyscalls;
import dev.trapgate.emulator.linux.ipc.IpcSyscalls;
import dev.trapgate.emulator.linux.kernel.KernelSyscalls;
import dev.trapgate.emulator.linux.kernel.SignalSyscalls;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions;
import dev.trapgate.emulator.linux.kernel.SyscallHandler;
import dev.trapgate.emulator.linux.kernel.futex.FutexSyscalls;
import dev.trapgate.emulator.linux.kernel.time.TimeSyscalls;
import dev.trapgate.emulator.linux.mm.MmSyscalls;
import dev.trapgate.emulator.linux.net.NetSyscalls;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which calls the emulated kernel has, gathered from its parts. Their functions know a machine by the task that calls, so
 * that the tables of all machines are filled from the same lists.
 */
final class SyscallCalls {

    private static final Map<Key, List<Line>> LISTS = new ConcurrentHashMap<>();

    private SyscallCalls() {}

    private record Key(Abi abi, int size) {}

    /**
     * What belongs to a number.
     *
     * @param row what is said of it
     * @param function its function; null if there is none
     */
    record Line(SyscallRow row, @Nullable SyscallHandler function) {}

    /**
     * Lists what belongs to a table's numbers.
     *
     * @param abi whose numbers: x32 has those of x86-64 for the calls of both
     * @param size how many numbers the table has
     * @return the lines, by number
     */
    static List<Line> lines(Abi abi, int size) {
        return LISTS.computeIfAbsent(new Key(abi, size), SyscallCalls::list);
    }

    private static List<Line> list(Key key) {
        SyscallDefinitions definitions = of(key.abi() == Abi.X32 ? Abi.X86_64 : key.abi());
        return IntStream.range(0, key.size())
                .mapToObj(number -> line(key.abi(), number, definitions))
                .toList();
    }

    private static Line line(Abi abi, int number, SyscallDefinitions definitions) {
        Optional<Syscall> call = Syscall.numbered(abi, number);
        SyscallDefinitions.Definition known = call.map(definitions::find).orElse(null);
        String name = call.map(Syscall::callName).orElse("");
        return known == null
                ? new Line(
                        new SyscallRow(number, name, SyscallDefinitions.Support.ABSENT, "", SyscallRow.Hook.ORIGINAL),
                        null)
                : new Line(
                        new SyscallRow(number, name, known.support(), known.note(), SyscallRow.Hook.ORIGINAL),
                        known.handler());
    }

    private static SyscallDefinitions of(Abi abi) {
        SyscallDefinitions definitions = new SyscallDefinitions(abi);
        KernelSyscalls.define(definitions);
        SignalSyscalls.define(definitions);
        TimeSyscalls.define(definitions);
        FutexSyscalls.define(definitions);
        MmSyscalls.define(definitions);
        FsSyscalls.define(definitions);
        IoSyscalls.define(definitions);
        NetSyscalls.define(definitions);
        IpcSyscalls.define(definitions);
        return definitions;
    }
}
