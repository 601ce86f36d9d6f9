package dev.trapgate.trace;

import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.SyscallEntry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Puts one entry's calls in words.
 *
 * @param entry the entry, whose memory is read
 */
record CallReader(SyscallEntry entry) {

    /** {@return a call that answered, made by a crossing that made so many} */
    TracedCall answered(long result, long nanoseconds, int batch, int number, long... arguments) {
        return call(
                text(number, OptionalLong.of(result), entry.memory()::read, arguments),
                OptionalLong.of(result),
                nanoseconds,
                batch,
                number,
                arguments);
    }

    /** {@return a call that has not answered, and will not: its memory may be gone already} */
    TracedCall unanswered(int number, long... arguments) {
        OptionalLong none = OptionalLong.empty();
        return call(text(number, none, MemoryView.none(), arguments), none, 0, 1, number, arguments);
    }

    /** {@return a call's text once it has answered} */
    String text(long result, int number, long... arguments) {
        return text(number, OptionalLong.of(result), entry.memory()::read, arguments);
    }

    private String text(int number, OptionalLong result, MemoryView memory, long... arguments) {
        Optional<Syscall> call = Syscall.numbered(entry.abi(), number);
        if (call.isEmpty()) {
            return SyscallText.unknown(number, arguments);
        }
        SyscallText writer = new SyscallText(entry.abi(), memory, SyscallText.STRING_LIMIT);
        return result.isPresent()
                ? writer.answered(call.get(), result.getAsLong(), arguments)
                : writer.entering(call.get(), arguments);
    }

    private TracedCall call(
            String text, OptionalLong result, long nanoseconds, int batch, int number, long... arguments) {
        List<Long> all = Arrays.stream(arguments).boxed().toList();
        return new TracedCall(
                entry.through(number), entry.abi(), number, all, text, result, Duration.ofNanos(nanoseconds), batch);
    }
}
