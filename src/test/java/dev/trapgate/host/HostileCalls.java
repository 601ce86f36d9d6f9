package dev.trapgate.host;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.host.glibc.LibcSyscall;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The program of {@link HostileCallsTest}'s child JVMs: random harmless calls with hostile arguments through one gate.
 * It exits with 0 if every answer was right, with 1 after saying which was not.
 */
final class HostileCalls {

    private static final Set<Syscall> OTHERWISE_BY_VDSO = EnumSet.of(Syscall.CLOCK_GETRES, Syscall.GETRANDOM);

    private final SyscallEntry entry;
    private final Optional<SyscallEntry> critical;
    private final List<HarmlessCall> calls;
    private final Random random;
    private final HostileArguments arguments;
    private int errors;

    private HostileCalls(Gate gate, long seed) throws IOException {
        entry = Host.open(gate);
        critical = criticalOf(entry);
        calls = HarmlessCall.ALL.stream()
                .filter(harmless -> harmless.call().existsOn(entry.abi()))
                .filter(harmless ->
                        entry.refusal(harmless.call().number(entry.abi())).isEmpty())
                .toList();
        random = new Random(seed);
        arguments = new HostileArguments(entry, random);
    }

    private static Optional<SyscallEntry> criticalOf(SyscallEntry entry) {
        try {
            return Optional.of(entry.critical());
        } catch (UnsupportedOperationException none) {
            return Optional.empty();
        }
    }

    /** Arguments: the gate, the seed, how many calls, and the file to note each call in. */
    public static void main(String[] arguments) throws IOException {
        HostileCalls hostile = new HostileCalls(Gate.valueOf(arguments[0]), Long.parseLong(arguments[1]));
        int count = Integer.parseInt(arguments[2]);
        LastCall lastCall = new LastCall(Path.of(arguments[3]));
        for (int i = 0; i < count; i++) {
            hostile.makeOne(i, lastCall);
        }
        System.out.println(count + " calls of " + hostile.calls.size() + " kinds, " + hostile.errors + " errors");
    }

    private void makeOne(int index, LastCall lastCall) {
        HarmlessCall harmless = calls.get(random.nextInt(calls.size()));
        long[] six = arguments.draw(harmless.kinds());
        String text = "#" + index + " " + text(harmless, six);
        lastCall.note(text);
        long answer = enter(by(index, harmless), harmless, six);
        if (Errno.isError(answer)) {
            errors++;
            require(Errno.of(answer).isPresent(), text, answer, "a known errno");
        }
        if (isComparable(harmless)) {
            long again = enter(LibcSyscall.ENTRY, harmless, six);
            require(answer == again, text, answer, "LIBC_SYSCALL's " + again);
        }
    }

    /** Every second call goes by critical linkage, where that makes it. */
    private SyscallEntry by(int index, HarmlessCall harmless) {
        int number = harmless.call().number(entry.abi());
        return critical.filter(prompt -> index % 2 == 0)
                .filter(prompt -> prompt.refusal(number).isEmpty())
                .orElse(entry);
    }

    private static long enter(SyscallEntry by, HarmlessCall harmless, long[] six) {
        return by.enter(harmless.call().number(by.abi()), six[0], six[1], six[2], six[3], six[4], six[5]);
    }

    /**
     * glibc's wrappers answer otherwise here and there, int 0x80's table is another, and the vDSO tells the resolution
     * of auxiliary clocks that are switched off and lets GRND_RANDOM | GRND_INSECURE pass.
     */
    private boolean isComparable(HarmlessCall harmless) {
        return harmless.answer() == HarmlessCall.Answer.SAME
                && entry.abi() == Abi.X86_64
                && entry.gate() != Gate.GLIBC
                && entry.gate() != Gate.LIBC_SYSCALL
                && (entry.gate() != Gate.VDSO || !OTHERWISE_BY_VDSO.contains(harmless.call()));
    }

    private static void require(boolean holds, String text, long answer, String expected) {
        if (!holds) {
            System.out.println(text + " answered " + answer + " instead of " + expected);
            System.exit(1);
        }
    }

    private static String text(HarmlessCall harmless, long[] six) {
        return harmless.call().callName()
                + Arrays.stream(six)
                        .mapToObj(a -> "0x" + Long.toHexString(a))
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
