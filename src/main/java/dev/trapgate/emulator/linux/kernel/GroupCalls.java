package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.mm.UserStructure;
import java.util.ArrayList;
import java.util.List;

/** The supplementary groups: kernel/groups.c, Linux 6.18. */
public final class GroupCalls {

    /** NGROUPS_MAX. */
    private static final int NGROUPS_MAX = 65536;

    /** Writes one group of a task to a program, all of it or nothing. */
    interface Writer {
        boolean write(long address, int group);
    }

    /** Finds a group in the bytes of one element of a program's array. */
    interface Reader {
        int read(UserStructure element);
    }

    private GroupCalls() {}

    /** {@code getgroups(2)}. */
    public static long getgroups(Task current, PtRegs regs) {
        return getgroups(current, regs, Integer.BYTES, current.uaccess()::putUser32);
    }

    static long getgroups(Task current, PtRegs regs, int width, Writer writer) {
        int room = (int) regs.argument(1);
        int count = current.credentials().groups().size();
        if (room < 0) {
            return ErrorNumbers.EINVAL;
        }
        if (room == 0) {
            return count;
        }
        if (count > room) {
            return ErrorNumbers.EINVAL;
        }
        long address = regs.argument(2);
        for (int group : current.credentials().groups()) {
            if (!writer.write(address, group)) {
                return ErrorNumbers.EFAULT;
            }
            address += width;
        }
        return count;
    }

    /** {@code setgroups(2)}. */
    public static long setgroups(Task current, PtRegs regs) {
        return setgroups(current, regs, Integer.BYTES, element -> element.get32(0));
    }

    static long setgroups(Task current, PtRegs regs, int width, Reader reader) {
        int count = (int) regs.argument(1);
        if (!current.credentials().capable(Capability.CAP_SETGID)) {
            return ErrorNumbers.EPERM;
        }
        if (Integer.compareUnsigned(count, NGROUPS_MAX) > 0) {
            return ErrorNumbers.EINVAL;
        }
        List<Integer> groups = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            // One by one: an invalid group before an unreadable one is EINVAL.
            UserStructure one = UserStructure.from(current.uaccess(), regs.argument(2) + (long) i * width, width);
            if (one == null) {
                return ErrorNumbers.EFAULT;
            }
            int group = reader.read(one);
            if (group == -1) {
                return ErrorNumbers.EINVAL;
            }
            groups.add(group);
        }
        groups.sort(Integer::compareUnsigned);
        return new NewCredentials(current.credentials()).groups(groups).commit(current);
    }
}
