package dev.trapgate.host.glibc;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Parameter;
import dev.trapgate.abi.Syscall;
import dev.trapgate.host.LastCall;
import dev.trapgate.host.memory.Placement;
import dev.trapgate.host.memory.RegionMemory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The program of a child JVM: every wrapper of glibc's whose call takes a pointer, with pointers that lead nowhere. A
 * wrapper that uses such a pointer itself ends the JVM.
 */
final class BadPointerCalls {

    /** Those that need no valid pointer to change this host or to sleep. */
    private static final Set<Syscall> LEFT_OUT = EnumSet.of(
            Syscall.SETHOSTNAME,
            Syscall.SETDOMAINNAME,
            Syscall.SYSLOG,
            Syscall.REBOOT,
            Syscall.SETGROUPS,
            Syscall.PRCTL);

    private static final long[] SMALL = {0, 1, 8};

    private final long[] pointers;
    private final long descriptor;

    private BadPointerCalls() {
        long end = RegionMemory.reserve(1 << 20, Placement.ANYWHERE).base() + 4096;
        LibcSyscall.call(Syscall.MPROTECT, end, 4096, 0);
        pointers = new long[] {1, -1, 0x0000_8000_0000_0000L, end, end - 1};
        try (Arena arena = Arena.ofConfined()) {
            descriptor = LibcSyscall.call(
                    Syscall.MEMFD_CREATE, arena.allocateFrom("bad").address(), 0);
        }
    }

    /** Arguments: the first wrapper to try, counted from 0, and the file to note each call in. */
    public static void main(String[] arguments) throws IOException {
        List<Syscall> calls = wrappers();
        LastCall lastCall = new LastCall(Path.of(arguments[1]));
        BadPointerCalls bad = new BadPointerCalls();
        for (int i = Integer.parseInt(arguments[0]); i < calls.size(); i++) {
            lastCall.note(i + " " + calls.get(i));
            bad.call(calls.get(i));
        }
        System.out.println("all " + calls.size() + " wrappers survived");
    }

    private static List<Syscall> wrappers() {
        return Arrays.stream(Syscall.values())
                .filter(call -> call.existsOn(Abi.X86_64) && !LEFT_OUT.contains(call))
                .filter(call -> GlibcWrappers.find(call).isPresent())
                .filter(call -> call.parameters(Abi.X86_64).stream().anyMatch(Parameter::isPointer))
                .toList();
    }

    private void call(Syscall call) {
        List<Parameter> parameters = call.parameters(Abi.X86_64);
        for (long pointer : pointers) {
            for (long small : SMALL) {
                call(call, parameters, pointer, small, -1);
                call(call, parameters, pointer, small, descriptor);
            }
        }
    }

    private static void call(Syscall call, List<Parameter> parameters, long pointer, long small, long descriptor) {
        long[] six = LongStream.concat(
                        parameters.stream().mapToLong(parameter -> argument(parameter, pointer, small, descriptor)),
                        LongStream.of(0, 0, 0, 0, 0, 0))
                .limit(6)
                .toArray();
        long answer = GlibcEntry.ENTRY.enter(call.number(Abi.X86_64), six[0], six[1], six[2], six[3], six[4], six[5]);
        if (Errno.isError(answer) && Errno.of(answer).isEmpty()) {
            System.out.println(call + Arrays.toString(six) + " answered " + answer + ", which is no known errno");
            System.exit(1);
        }
    }

    private static long argument(Parameter parameter, long pointer, long small, long descriptor) {
        if (parameter.isPointer()) {
            return pointer;
        }
        boolean isDescriptor =
                parameter.name().contains("fd") || parameter.name().equals("fildes");
        return isDescriptor ? descriptor : small;
    }
}
