package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.SyscallHandler;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Listing directories: fs/readdir.c, Linux 6.18. */
public final class ReaddirCalls {

    /** The structures that hold an entry. */
    enum DirentLayout {
        /** {@code struct linux_dirent64}, the same for all. */
        DIRENT64(8, 19, 1),
        /** {@code struct linux_dirent} of x86-64: the type is its last byte. */
        DIRENT_X86_64(8, 18, 2),
        /** {@code struct compat_linux_dirent}: the type is its last byte. */
        DIRENT_I386(4, 10, 2);

        private final int word;
        private final int nameOffset;
        private final int beyondName;

        DirentLayout(int word, int nameOffset, int beyondName) {
            this.word = word;
            this.nameOffset = nameOffset;
            this.beyondName = beyondName;
        }

        private int size(int nameLength) {
            return nameOffset + nameLength + beyondName + word - 1 & -word;
        }
    }

    private static final int OLD_NAME_OFFSET = 10;

    private ReaddirCalls() {}

    /** {@return {@code getdents(2)} and {@code getdents64(2)} with a structure} */
    static SyscallHandler getdents(DirentLayout layout) {
        return (current, regs) -> {
            Entries entries = new Entries(current, layout, regs.argument(2), regs.argument(3) & 0xffff_ffffL);
            long error = iterate(current, (int) regs.argument(1), entries);
            return entries.finish(error);
        };
    }

    /** {@return {@code readdir(2)} of i386: one entry} */
    static SyscallHandler oldReaddir() {
        return (current, regs) -> {
            OneEntry entry = new OneEntry(current, regs.argument(2));
            long error = iterate(current, (int) regs.argument(1), entry);
            return entry.result != 0 ? entry.result : error;
        };
    }

    /** {@code iterate_dir}. */
    private static long iterate(Task current, int descriptor, DirContext context) {
        File file = current.files().get(descriptor);
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            return file.inode() instanceof Directory directory
                    ? iterate(current, file, directory, context)
                    : ErrorNumbers.ENOTDIR;
        } finally {
            file.release();
        }
    }

    private static long iterate(Task current, File file, Directory directory, DirContext context) {
        file.positionLock().lock();
        directory.superBlock().treeLock().lock();
        try {
            if (directory.isDead()) {
                return ErrorNumbers.ENOENT;
            }
            context.setPosition(file.position());
            directory.iterate(current, file, context);
            file.setPosition(context.position());
            Fsnotify.access(file);
            if ((file.flags() & File.O_NOATIME) == 0) {
                directory.accessed(current.process().timekeeper().realtime());
            }
            return 0;
        } finally {
            directory.superBlock().treeLock().unlock();
            file.positionLock().unlock();
        }
    }

    /** Entries one after the other: {@code struct getdents_callback64} and its kind. Each is written when it comes. */
    private static final class Entries extends DirContext {

        private final Task current;
        private final DirentLayout layout;
        private final long buffer;
        private final long count;
        private long used;
        private long previousSize;
        private long error;

        private Entries(Task current, DirentLayout layout, long buffer, long count) {
            super(0);
            this.current = current;
            this.layout = layout;
            this.buffer = buffer;
            this.count = count;
        }

        /** {@code filldir64}: an entry's offset is written into the one before it. */
        @Override
        public boolean emit(String name, long inodeNumber, int type) {
            int size = layout.size(name.length());
            error = ErrorNumbers.EINVAL;
            if (size > count - used) {
                return false;
            }
            if (previousSize != 0 && current.signalPending()) {
                error = ErrorNumbers.EINTR;
                return false;
            }
            error = ErrorNumbers.EFAULT;
            if (previousSize != 0 && !putOffset()) {
                return false;
            }
            if (!put(name, inodeNumber, type, size)) {
                return false;
            }
            previousSize = size;
            used += size;
            error = 0;
            return true;
        }

        private boolean putOffset() {
            long at = buffer + used - previousSize + layout.word;
            return layout.word == 8
                    ? current.uaccess().putUser64(at, position())
                    : current.uaccess().putUser32(at, position());
        }

        /** Writes all but the offset and the padding. */
        private boolean put(String name, long inodeNumber, int type, int size) {
            long at = buffer + used;
            boolean done = layout.word == 8
                    ? current.uaccess().putUser64(at, inodeNumber)
                    : current.uaccess().putUser32(at, inodeNumber);
            MemorySegment small = current.buffer();
            small.set(Arguments.SHORT, 0, (short) size);
            done = done && current.uaccess().copyToUser(at + 2L * layout.word, small, Short.BYTES) == 0;
            small.set(ValueLayout.JAVA_BYTE, 0, (byte) type);
            long typeAt = layout == DirentLayout.DIRENT64 ? at + layout.nameOffset - 1 : at + size - 1;
            done = done && current.uaccess().copyToUser(typeAt, small, 1) == 0;
            return done && putName(current, at + layout.nameOffset, name);
        }

        /** {@return the call's result after a listing that ended so} */
        private long finish(long listing) {
            if (listing < 0) {
                return listing;
            }
            return used == 0 ? error : putOffset() ? used : ErrorNumbers.EFAULT;
        }
    }

    /** {@code unsafe_copy_dirent_name}: the end is written first. */
    private static boolean putName(Task current, long to, String name) {
        MemorySegment text = MemorySegment.ofArray(name.getBytes(StandardCharsets.ISO_8859_1));
        MemorySegment end = current.buffer();
        end.set(ValueLayout.JAVA_BYTE, 0, (byte) 0);
        return current.uaccess().copyToUser(to + text.byteSize(), end, 1) == 0
                && current.uaccess().copyToUser(to, text, text.byteSize()) == 0;
    }

    /** One entry: {@code struct readdir_callback}. */
    private static final class OneEntry extends DirContext {

        private final Task current;
        private final long to;
        private long result;

        private OneEntry(Task current, long to) {
            super(0);
            this.current = current;
            this.to = to;
        }

        /** {@code fillonedir}. */
        @Override
        public boolean emit(String name, long inodeNumber, int type) {
            if (result != 0) {
                return false;
            }
            MemorySegment length = current.buffer();
            length.set(Arguments.SHORT, 0, (short) name.length());
            boolean done = current.uaccess().putUser32(to, inodeNumber)
                    && current.uaccess().putUser32(to + 4, position())
                    && current.uaccess().copyToUser(to + 8, length, Short.BYTES) == 0
                    && putName(current, to + OLD_NAME_OFFSET, name);
            result = done ? 1 : ErrorNumbers.EFAULT;
            return done;
        }
    }
}
