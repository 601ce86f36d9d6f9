package dev.trapgate.capability;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Arguments with which a call, made by a process of its own, changes nothing outside that process: as a rule six times −1, which
 * is no descriptor, no valid set of flags, no size and no address, so that most calls fail before they do anything. Calls that
 * block or do something whatever their arguments are have none.
 */
final class HarmlessArguments {

    private static final int REGISTERS = 6;
    private static final List<Long> MINUS_ONE = Collections.nCopies(REGISTERS, -1L);
    private static final long NO_PROCESS = 0x7fff_ffffL;
    private static final long FUTEX_WAKE_PRIVATE = 129;
    private static final long IPC_MSGGET = 13;

    private HarmlessArguments() {}

    /** {@return what to try a call with; empty if it must not be tried} */
    static Optional<List<Long>> of(Syscall call, Abi abi) {
        return switch (call) {
            case FORK, VFORK, EXIT, EXIT_GROUP, PAUSE, SIGSUSPEND ->
                Optional.empty(); // take no arguments that could be wrong
            case RT_SIGRETURN, SIGRETURN, URETPROBE, UPROBE -> Optional.empty(); // return to where no call was made
            case SYNC, VHANGUP -> Optional.empty(); // act on the system
            case BRK -> some(0); // tells where the heap ends; −1 on i386 would map what the calls after it point to
            case KILL -> some(NO_PROCESS, 0);
            case MSGGET, SEMGET, SHMGET -> some(-1, 0, 0); // finds by key, as −1 for flags would make one
            case IPC -> some(IPC_MSGGET, -1, 0, 0);
            case INIT_MODULE -> some(-1, 0, -1); // too short for a module
            case FUTEX, FUTEX_TIME64 -> some(-1, FUTEX_WAKE_PRIVATE); // an operation of −1 is answered by ENOSYS
            case MODIFY_LDT -> some(0, -1, 0); // so is a function of −1: reads nothing
            default -> Optional.of(MINUS_ONE);
        };
    }

    private static Optional<List<Long>> some(long... first) {
        return Optional.of(Stream.concat(LongStream.of(first).boxed(), MINUS_ONE.stream())
                .limit(REGISTERS)
                .toList());
    }
}
