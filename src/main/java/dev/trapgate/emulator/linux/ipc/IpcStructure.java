package dev.trapgate.emulator.linux.ipc;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.UserStructure;
import org.jspecify.annotations.Nullable;

/**
 * A structure of msgctl(2), semctl(2) or shmctl(2) on its way to a program, written field by field: ipc/compat.c, Linux 6.18.
 */
final class IpcStructure {

    /** Which of the three layouts that an x86 kernel knows. */
    enum Layout {
        /** That of 64-bit programs. */
        NATIVE(Long.BYTES, 48),
        /** {@code compat_ipc64_perm} and what begins with it: that of 32-bit programs since Linux 2.2. */
        COMPAT(Integer.BYTES, 36),
        /** {@code compat_ipc_perm}: that of ipc(2) without IPC_64, with ids and counts of 16 bits. */
        OLD(Integer.BYTES, 16);

        private final int word;
        private final int permSize;

        Layout(int word, int permSize) {
            this.word = word;
            this.permSize = permSize;
        }

        /** {@return what the direct calls of an ABI use} */
        static Layout of(Abi abi) {
            return abi == Abi.I386 ? COMPAT : NATIVE;
        }

        /** {@return the size of a long, 4 or 8 bytes} */
        int word() {
            return word;
        }

        /** {@return the size of the structure's head, which tells permissions} */
        int permSize() {
            return permSize;
        }
    }

    /**
     * What IPC_SET changes of permissions.
     *
     * @param uid the new owner
     * @param gid the new group
     * @param mode the new permission bits
     */
    record Owner(int uid, int gid, int mode) {}

    private static final int OVERFLOW_ID = 65_534;
    private static final int MOST_16 = 0xffff;

    private final Layout layout;
    private final UserStructure bytes;
    private int at;

    /**
     * Makes a structure of zeros.
     *
     * @param layout its layout
     * @param size its size in bytes
     */
    IpcStructure(Layout layout, int size) {
        this.layout = layout;
        this.bytes = new UserStructure(size);
    }

    /** Adds the head. */
    IpcStructure perm(KernIpcPerm perm) {
        if (layout == Layout.OLD) {
            number(perm.key()).half(low(perm.uid())).half(low(perm.gid()));
            half(low(perm.creatorUid())).half(low(perm.creatorGid()));
            return half(perm.mode()).half(perm.sequence());
        }
        number(perm.key()).number(perm.uid()).number(perm.gid());
        number(perm.creatorUid()).number(perm.creatorGid());
        number(perm.mode()).half(perm.sequence());
        at = layout.permSize;
        return this;
    }

    /** {@code high2lowuid}. */
    private static int low(int id) {
        return Integer.compareUnsigned(id, MOST_16) > 0 ? OVERFLOW_ID : id;
    }

    /** Adds seconds since 1970. */
    IpcStructure time(long seconds) {
        if (layout == Layout.COMPAT) {
            return number((int) seconds).number((int) (seconds >> Integer.SIZE));
        }
        return word(seconds);
    }

    /** Adds a long of C. */
    IpcStructure word(long value) {
        bytes.setWord(at, value, layout.word);
        at += layout.word;
        return this;
    }

    /** Adds an int. */
    IpcStructure number(int value) {
        bytes.set32(at, value);
        at += Integer.BYTES;
        return this;
    }

    /** Adds a short. */
    IpcStructure half(int value) {
        bytes.set16(at, value);
        at += Short.BYTES;
        return this;
    }

    /** Leaves bytes zero. */
    IpcStructure skip(int size) {
        at += size;
        return this;
    }

    /** {@return {@code result} once the program has the structure, or −EFAULT} */
    long to(Task current, long address, long result) {
        return bytes.to(current.uaccess(), address) ? result : ErrorNumbers.EFAULT;
    }

    /**
     * Reads what IPC_SET needs.
     *
     * @param current the calling task
     * @param address the program's structure
     * @param layout its layout
     * @param size its whole size, which must be readable in a 64-bit program
     * @return the permissions, or null for EFAULT
     */
    static @Nullable Owner owner(Task current, long address, Layout layout, int size) {
        int read = layout == Layout.NATIVE ? size : layout.permSize;
        UserStructure given = UserStructure.from(current.uaccess(), address, read);
        if (given == null) {
            return null;
        }
        return switch (layout) {
            case NATIVE -> new Owner(given.get32(4), given.get32(8), given.get32(20));
            case COMPAT -> new Owner(given.get32(4), given.get32(8), given.get16(20));
            case OLD -> new Owner(given.get16(4), given.get16(6), given.get16(12));
        };
    }
}
