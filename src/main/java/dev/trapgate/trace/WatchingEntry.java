package dev.trapgate.trace;

import dev.trapgate.abi.Abi;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.Linkage;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserMemory;
import java.util.Optional;

/** An entry that sees the calls of another, and is in all else as that one is. */
interface WatchingEntry extends SyscallEntry {

    /** {@return the entry that makes the calls} */
    SyscallEntry entry();

    @Override
    default Gate gate() {
        return entry().gate();
    }

    @Override
    default Abi abi() {
        return entry().abi();
    }

    @Override
    default Linkage linkage() {
        return entry().linkage();
    }

    @Override
    default Optional<String> refusal(int number) {
        return entry().refusal(number);
    }

    @Override
    default Gate through(int number) {
        return entry().through(number);
    }

    @Override
    default UserMemory memory() {
        return entry().memory();
    }

    @Override
    default SyscallEntry unwrapped() {
        return entry().unwrapped();
    }

    /** Nothing: the entry inside is its opener's to close. */
    @Override
    default void close() {}
}
