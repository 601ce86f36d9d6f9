package dev.trapgate.differential;

import dev.trapgate.abi.Abi;
import dev.trapgate.entry.UserBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at System V and message queue calls whose pointers their types do not show. */
final class IpcCheck {

    /** The largest segment that scenarios make, in bytes. */
    static final long MOST = 1 << 16;

    /** More than any host has: refused by every kernel. */
    private static final long HUGE = 1L << 50;

    private static final long HUGE_32 = 0xc000_0000L;
    private static final int SHM_HUGETLB = 04000;
    private static final int SHM_RND = 020000;
    private static final int SETVAL = 16;
    private static final int IPC_64 = 0x100;
    private static final int SIGEV_THREAD = 2;
    private static final int KLUDGE_TYPE = 4;
    /** GETPID, GETVAL, GETNCNT, GETZCNT: no argument. */
    private static final Set<Integer> PLAIN = Set.of(11, 12, 14, 15);

    private static final String MAY_BE_JVMS = "uses memory that may be the JVM's";

    private final Abi abi;
    private final ArgumentCheck addresses;
    private final OwnMappings mappings;
    private final List<UserBuffer> memory;

    IpcCheck(Abi abi, ArgumentCheck addresses, OwnMappings mappings, List<UserBuffer> memory) {
        this.abi = abi;
        this.addresses = addresses;
        this.mappings = mappings;
        this.memory = memory;
    }

    /** {@return why shmget(2) is not called} */
    Optional<String> shmget(long size, long flags) {
        long bytes = abi == Abi.I386 ? size & 0xffff_ffffL : size;
        boolean large = Long.compareUnsigned(bytes, MOST) > 0
                && Long.compareUnsigned(bytes, abi == Abi.I386 ? HUGE_32 : HUGE) < 0;
        boolean wide = abi == Abi.I386 && large;
        if ((flags & SHM_HUGETLB) != 0) {
            return Optional.of("takes the host's huge pages");
        }
        return large || wide ? Optional.of("may need more room than a test should") : Optional.empty();
    }

    /** {@return why shmat(2) is not called: a fixed place must be where the scenario has mapped} */
    Optional<String> shmat(long place, long flags) {
        long address = abi == Abi.I386 ? place & 0xffff_ffffL : place;
        boolean misplaced = address % Blocks.PAGE != 0 && (flags & SHM_RND) == 0;
        boolean own = mappings.contain(address & -Blocks.PAGE, MOST);
        return address == 0 || misplaced || own ? Optional.empty() : Optional.of("may replace the JVM's memory");
    }

    /** {@return why semctl(2) is not called} */
    Optional<String> semctl(long command, long argument) {
        int known = (int) command & ~IPC_64;
        return known == SETVAL || PLAIN.contains(known) || addresses.isOurs(argument)
                ? Optional.empty()
                : Optional.of(MAY_BE_JVMS);
    }

    /** {@return why mq_notify(2) is not called} */
    Optional<String> mqNotify(long event) {
        int word = abi.pointerSize();
        boolean isThread = GuestWords.read32(memory, event + word + Integer.BYTES).orElse(0L) == SIGEV_THREAD;
        long value = GuestWords.read(memory, event, word).orElse(0L);
        return isThread && !addresses.isOurs(value) ? Optional.of(MAY_BE_JVMS) : Optional.empty();
    }

    /** {@return why ipc(2) is not called} */
    Optional<String> ipc(long... a) {
        int call = (int) a[0] & 0xffff;
        long pointer = a[4] & 0xffff_ffffL;
        if (call == 22) {
            return Optional.empty();
        }
        if (call == 21) {
            return addresses.isOurs(a[3]) ? shmat(pointer, a[2]) : Optional.of(MAY_BE_JVMS);
        }
        if (!addresses.isOurs(pointer) || (call == 4 && !addresses.isOurs(a[5]))) {
            return Optional.of(MAY_BE_JVMS);
        }
        return switch (call) {
            case 3 -> GuestWords.read32(memory, pointer).flatMap(argument -> semctl(a[3], argument));
            case 12 -> isVersion0(a[0]) ? kludge(pointer) : Optional.empty();
            case 23 -> shmget(a[2], a[3]);
            default -> Optional.empty();
        };
    }

    private static boolean isVersion0(long call) {
        return (call & 0xffff_0000L) == 0;
    }

    private Optional<String> kludge(long pointer) {
        boolean known = GuestWords.read32(memory, pointer + KLUDGE_TYPE).isPresent();
        long message = GuestWords.read32(memory, pointer).orElse(0L);
        return known && !addresses.isOurs(message) ? Optional.of(MAY_BE_JVMS) : Optional.empty();
    }
}
