package dev.trapgate.emulator.linux.ipc;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.ipc.IpcStructure.Layout;
import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.ResourceLimits.Resource;
import dev.trapgate.emulator.linux.kernel.Task;

/** {@code shmctl(2)}: ipc/shm.c, Linux 6.18. */
final class SharedMemoryControl {

    private static final int SHM_LOCK = 11;
    private static final int SHM_UNLOCK = 12;
    private static final int SHM_STAT = 13;
    private static final int SHM_INFO = 14;
    private static final int SHM_STAT_ANY = 15;
    private static final int SHMMIN = 1;
    private static final int LIMITS = 9;
    private static final int OLD_LIMITS = 5;
    private static final int INFO_WORDS = 6;

    private SharedMemoryControl() {}

    /** {@code shmctl(2)} by its own number. */
    static long shmctl(Task current, PtRegs regs) {
        return control(
                current, Layout.of(regs.abi()), (int) regs.argument(1), (int) regs.argument(2), regs.argument(3));
    }

    /**
     * Does what a command says.
     *
     * @param current the calling task
     * @param layout how the program's structures are laid out
     * @param id the segment, or an index
     * @param command IPC_*, SHM_*
     * @param address the program's structure
     * @return what the command answers
     */
    static long control(Task current, Layout layout, int id, int command, long address) {
        if (id < 0 || command < 0) {
            return ErrorNumbers.EINVAL;
        }
        return switch (command) {
            case IpcCall.IPC_INFO -> limits(current, layout, address);
            case SHM_INFO -> info(current, layout, address);
            case IpcCall.IPC_STAT, SHM_STAT, SHM_STAT_ANY -> status(current, layout, id, command, address);
            case IpcCall.IPC_SET -> set(current, layout, id, address);
            case IpcCall.IPC_RMID -> remove(current, id);
            case SHM_LOCK, SHM_UNLOCK -> lock(current, id, command);
            default -> ErrorNumbers.EINVAL;
        };
    }

    private static long limits(Task current, Layout layout, long address) {
        int words = layout == Layout.OLD ? OLD_LIMITS : LIMITS;
        long most = layout == Layout.NATIVE ? SharedMemoryCalls.SHMMAX : Integer.MAX_VALUE;
        return new IpcStructure(layout, words * layout.word())
                .word(most)
                .word(SHMMIN)
                .word(IpcNamespace.SHMMNI)
                .word(IpcNamespace.SHMMNI)
                .word(SharedMemoryCalls.SHMMAX)
                .to(current, address, SharedMemoryCalls.segments(current).maxIndex());
    }

    private static long info(Task current, Layout layout, long address) {
        IpcIds<SharedSegment> segments = SharedMemoryCalls.segments(current);
        IpcStructure told;
        int highest;
        synchronized (segments) {
            long resident =
                    segments.all().stream().mapToLong(SharedSegment::resident).sum();
            told = new IpcStructure(layout, INFO_WORDS * layout.word())
                    .word(segments.inUse())
                    .word(SharedMemoryCalls.used(segments))
                    .word(resident);
            highest = segments.maxIndex();
        }
        return told.to(current, address, highest);
    }

    private static long status(Task current, Layout layout, int id, int command, long address) {
        IpcIds<SharedSegment> segments = SharedMemoryCalls.segments(current);
        IpcStructure told;
        long answer;
        synchronized (segments) {
            SharedSegment segment = segments.atIndex(id);
            boolean byIndex = command == SHM_STAT || command == SHM_STAT_ANY;
            long missing = byIndex ? 0 : segments.exists(id);
            if (segment == null || missing != 0) {
                return segment == null ? ErrorNumbers.EINVAL : missing;
            }
            long refusal =
                    command == SHM_STAT_ANY ? 0 : segment.check(current.credentials(), KernIpcPerm.S_IRUGO);
            if (refusal != 0) {
                return refusal;
            }
            told = segment.describe(layout);
            answer = command == IpcCall.IPC_STAT ? 0 : segment.id();
        }
        return told.to(current, address, answer);
    }

    private static long set(Task current, Layout layout, int id, long address) {
        IpcStructure.Owner owner = IpcStructure.owner(current, address, layout, SharedSegment.sizeIn(Layout.NATIVE));
        if (owner == null) {
            return ErrorNumbers.EFAULT;
        }
        IpcIds<SharedSegment> segments = SharedMemoryCalls.segments(current);
        synchronized (segments) {
            long refusal = segments.mayControl(current.credentials(), id);
            SharedSegment segment = segments.atIndex(id);
            if (refusal != 0 || segment == null) {
                return refusal;
            }
            long invalid = segment.update(owner);
            if (invalid == 0) {
                segment.changed(MessageCalls.now(current));
            }
            return invalid;
        }
    }

    /** {@code do_shm_rmid}: one that is attached stays, without its key, until it is not. */
    private static long remove(Task current, int id) {
        IpcIds<SharedSegment> segments = SharedMemoryCalls.segments(current);
        synchronized (segments) {
            long refusal = segments.mayControl(current.credentials(), id);
            SharedSegment segment = segments.atIndex(id);
            if (refusal != 0 || segment == null) {
                return refusal;
            }
            segment.setMode(segment.mode() | SharedSegment.SHM_DEST);
            segment.forgetKey();
            SharedMemoryCalls.removeIfUnused(segments, segment);
            return 0;
        }
    }

    private static long lock(Task current, int id, int command) {
        IpcIds<SharedSegment> segments = SharedMemoryCalls.segments(current);
        synchronized (segments) {
            long missing = segments.exists(id);
            SharedSegment segment = segments.atIndex(id);
            if (missing != 0 || segment == null) {
                return missing;
            }
            boolean able = current.credentials().capable(Capability.CAP_IPC_LOCK);
            long limit = current.process().limits().soft(Resource.RLIMIT_MEMLOCK);
            if (!able && (!segment.isOwnedBy(current.credentials()) || (command == SHM_LOCK && limit == 0))) {
                return ErrorNumbers.EPERM;
            }
            if (command == SHM_UNLOCK) {
                segment.setMode(segment.mode() & ~SharedSegment.SHM_LOCKED);
            } else if (!able && Long.compareUnsigned(segment.size(), limit) > 0) {
                return ErrorNumbers.ENOMEM;
            } else {
                segment.setMode(segment.mode() | SharedSegment.SHM_LOCKED);
            }
            return 0;
        }
    }
}
