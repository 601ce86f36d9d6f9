package dev.trapgate.host;

import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.Linkage;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserMemory;
import java.util.Optional;

/** An entry that can make every call of its ABI or, by critical linkage, every prompt one, and that holds nothing. */
public abstract class NativeEntry implements SyscallEntry {

    private final Gate gate;
    private final Linkage linkage;
    private final UserMemory memory;

    /**
     * Describes the entry.
     *
     * @param gate which way in it is
     * @param linkage how it leaves the JVM
     * @param memory where its arguments live
     */
    protected NativeEntry(Gate gate, Linkage linkage, UserMemory memory) {
        this.gate = gate;
        this.linkage = linkage;
        this.memory = memory;
    }

    @Override
    public final Gate gate() {
        return gate;
    }

    @Override
    public final Linkage linkage() {
        return linkage;
    }

    @Override
    public Optional<String> refusal(int number) {
        if (linkage == Linkage.ORDINARY || Syscall.isPrompt(abi(), number)) {
            return Optional.empty();
        }
        return Optional.of(nameOf(number) + " may sleep, and every safepoint of the JVM would wait for it: "
                + "critical linkage makes prompt calls only");
    }

    /**
     * Refuses a call, for {@link #enter} to throw.
     *
     * @param number the call's number
     * @return an exception that says why
     */
    protected final UnsupportedOperationException refused(int number) {
        return new UnsupportedOperationException(gate + ": " + refusal(number).orElseThrow(IllegalStateException::new));
    }

    /**
     * Names a call.
     *
     * @param number its number
     * @return its name, or words for a number that has none
     */
    protected final String nameOf(int number) {
        return Syscall.numbered(abi(), number).map(Syscall::callName).orElse("call number " + number);
    }

    @Override
    public final UserMemory memory() {
        return memory;
    }

    @Override
    public void close() {}
}
