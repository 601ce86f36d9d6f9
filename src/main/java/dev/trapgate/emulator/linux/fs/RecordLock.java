package dev.trapgate.emulator.linux.fs;

/**
 * A lock on bytes of a file: {@code struct file_lock} with FL_POSIX.
 *
 * @param owner whose it is: the {@link FilesStruct} of a POSIX lock, the {@link File} of an open file description's
 * @param type F_RDLCK, F_WRLCK or F_UNLCK
 * @param start its first byte
 * @param end its last byte; {@link Long#MAX_VALUE} for all that follow
 * @param pid the process that fcntl(2) tells of; −1 for an open file description's
 */
record RecordLock(Object owner, int type, long start, long end, int pid) {

    /** To read, shared. */
    static final int F_RDLCK = 0;
    /** To write, exclusive. */
    static final int F_WRLCK = 1;
    /** No lock. */
    static final int F_UNLCK = 2;
    /** What F_GETLK tells of locks that belong to no process. */
    static final int OFD_PID = -1;

    /** {@return whether it belongs to an open file description} */
    boolean isOfd() {
        return owner instanceof File;
    }

    boolean overlaps(RecordLock other) {
        return start <= other.end && other.start <= end;
    }

    /** {@return whether both cannot be: {@code posix_locks_conflict}} */
    boolean conflictsWith(RecordLock other) {
        return owner != other.owner && overlaps(other) && (type == F_WRLCK || other.type == F_WRLCK);
    }

    /** {@return whether there is no byte between them, nor in common} */
    boolean touches(RecordLock other) {
        boolean before = end != Long.MAX_VALUE && end + 1 == other.start;
        boolean behind = other.end != Long.MAX_VALUE && other.end + 1 == start;
        return before || behind;
    }

    /** {@return the same for other bytes} */
    RecordLock over(long first, long last) {
        return new RecordLock(owner, type, first, last, pid);
    }
}
