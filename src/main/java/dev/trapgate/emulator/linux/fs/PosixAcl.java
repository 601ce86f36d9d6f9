package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An access control list: {@code struct posix_acl} of fs/posix_acl.c, Linux 6.18. Never changed.
 *
 * @param entries who may do what, in the order of the kernel's
 * @see <a href="https://man7.org/linux/man-pages/man5/acl.5.html">acl(5)</a>
 */
record PosixAcl(List<Entry> entries) {

    private static final int VERSION = 2;
    private static final int HEADER = 4;
    private static final int ENTRY = 8;
    private static final int UNDEFINED = -1;
    private static final int ALL = 7;
    private static final int OWNER_SHIFT = 6;
    private static final int GROUP_SHIFT = 3;
    private static final int RWX_ALL = 0777;

    /** Whom an entry is about. */
    enum Tag {
        /** The owner. */
        USER_OBJ(1),
        /** A user. */
        USER(2),
        /** The file's group. */
        GROUP_OBJ(4),
        /** A group. */
        GROUP(8),
        /** The most that users and groups but the owner get. */
        MASK(0x10),
        /** Everybody else. */
        OTHER(0x20);

        private final int number;

        Tag(int number) {
            this.number = number;
        }

        private static @Nullable Tag of(int number) {
            for (Tag tag : values()) {
                if (tag.number == number) {
                    return tag;
                }
            }
            return null;
        }

        private boolean isNamed() {
            return this == USER || this == GROUP;
        }
    }

    /**
     * An entry.
     *
     * @param tag whom it is about
     * @param permissions what they may, as three bits
     * @param id the user or group; −1 for tags without one
     */
    record Entry(Tag tag, int permissions, int id) {

        private Entry with(int others) {
            return new Entry(tag, others, id);
        }
    }

    /** Keeps a copy. */
    PosixAcl {
        entries = List.copyOf(entries);
    }

    /**
     * What an attribute's value means.
     *
     * @param acl the list; null if the value takes the list away
     * @param error 0; −EINVAL, −EOPNOTSUPP
     */
    record Parsed(@Nullable PosixAcl acl, long error) {}

    /** {@return what an attribute's value means: {@code posix_acl_from_xattr}} */
    static Parsed parse(byte[] value) {
        if (value.length == 0) {
            return new Parsed(null, 0);
        }
        MemorySegment bytes = MemorySegment.ofArray(value);
        if (value.length < HEADER) {
            return new Parsed(null, ErrorNumbers.EINVAL);
        }
        if (bytes.get(Arguments.INT, 0) != VERSION) {
            return new Parsed(null, ErrorNumbers.EOPNOTSUPP);
        }
        if ((value.length - HEADER) % ENTRY != 0) {
            return new Parsed(null, ErrorNumbers.EINVAL);
        }
        List<Entry> entries = new ArrayList<>();
        for (int at = HEADER; at < value.length; at += ENTRY) {
            Tag tag = Tag.of(bytes.get(Arguments.SHORT, at) & 0xffff);
            int id = bytes.get(Arguments.INT, at + 4L);
            if (tag == null || (tag.isNamed() && id == UNDEFINED)) {
                return new Parsed(null, ErrorNumbers.EINVAL);
            }
            int permissions = bytes.get(Arguments.SHORT, at + 2L) & 0xffff;
            entries.add(new Entry(tag, permissions, tag.isNamed() ? id : UNDEFINED));
        }
        return new Parsed(entries.isEmpty() ? null : new PosixAcl(entries), 0);
    }

    /** {@return the value of its attribute: {@code posix_acl_to_xattr}} */
    byte[] toBytes() {
        MemorySegment bytes = MemorySegment.ofArray(new byte[HEADER + ENTRY * entries.size()]);
        bytes.set(Arguments.INT, 0, VERSION);
        long at = HEADER;
        for (Entry entry : entries) {
            bytes.set(Arguments.SHORT, at, (short) entry.tag.number);
            bytes.set(Arguments.SHORT, at + 2, (short) entry.permissions);
            bytes.set(Arguments.INT, at + 4, entry.id);
            at += ENTRY;
        }
        return bytes.toArray(ValueLayout.JAVA_BYTE);
    }

    /** {@return whether every entry is in its place and none is missing: {@code posix_acl_valid}} */
    boolean isValid() {
        Tag before = Tag.USER_OBJ;
        boolean named = false;
        for (Entry entry : entries) {
            if ((entry.permissions & ~ALL) != 0 || entry.tag.compareTo(before) < 0) {
                return false;
            }
            before = entry.tag;
            named |= entry.tag.isNamed();
        }
        long masks = count(Tag.MASK);
        return count(Tag.USER_OBJ) == 1
                && count(Tag.GROUP_OBJ) == 1
                && count(Tag.OTHER) == 1
                && (named ? masks == 1 : masks <= 1);
    }

    private long count(Tag tag) {
        return entries.stream().filter(entry -> entry.tag == tag).count();
    }

    /** {@return whether permission bits say as much: {@code posix_acl_equiv_mode}} */
    boolean isMode() {
        return entries.stream().noneMatch(entry -> entry.tag.isNamed() || entry.tag == Tag.MASK);
    }

    /** {@return the permission bits that show for it; the group's are the mask's if it has one} */
    int mode() {
        int mode = 0;
        for (Entry entry : entries) {
            switch (entry.tag) {
                case USER_OBJ -> mode |= entry.permissions << OWNER_SHIFT;
                case GROUP_OBJ -> mode |= entry.permissions << GROUP_SHIFT;
                case MASK -> mode = (mode & ~(ALL << GROUP_SHIFT)) | entry.permissions << GROUP_SHIFT;
                case OTHER -> mode |= entry.permissions;
                default -> {
                    // No bits stand for them.
                }
            }
        }
        return mode;
    }

    /** {@return it after chmod(2) to a mode: {@code __posix_acl_chmod_masq}} */
    PosixAcl changed(int mode) {
        return map((entry, group) -> entry.with(bits(entry, mode, group)));
    }

    /** {@return it for a new file that is made with a mode: {@code posix_acl_create_masq}} */
    PosixAcl inherited(int mode) {
        return map((entry, group) -> entry.with(entry.permissions & bits(entry, mode, group)));
    }

    /** {@return the permission bits of a new file that is made with a mode and gets this list} */
    int inheritedMode(int mode) {
        return (mode & ~RWX_ALL) | inherited(mode).mode();
    }

    /** Makes an entry of another. */
    @FunctionalInterface
    private interface Change {
        Entry apply(Entry entry, Tag group);
    }

    /** The mode's bits of the group belong to the mask, or to the group if there is none. */
    private PosixAcl map(Change change) {
        boolean masked = entries.stream().anyMatch(entry -> entry.tag == Tag.MASK);
        Tag group = masked ? Tag.MASK : Tag.GROUP_OBJ;
        return new PosixAcl(
                entries.stream().map(entry -> change.apply(entry, group)).toList());
    }

    private static int bits(Entry entry, int mode, Tag group) {
        if (entry.tag == group) {
            return mode >> GROUP_SHIFT & ALL;
        }
        return switch (entry.tag) {
            case USER_OBJ -> mode >> OWNER_SHIFT & ALL;
            case OTHER -> mode & ALL;
            default -> entry.permissions;
        };
    }

    /** {@return whether someone who does not own the file may do all that is wanted: {@code posix_acl_permission}} */
    boolean allows(Credentials someone, Inode inode, int wanted) {
        boolean found = false;
        for (Entry entry : entries) {
            boolean enough = (entry.permissions & wanted) == wanted;
            boolean isTheirs =
                    switch (entry.tag) {
                        case USER -> entry.id == someone.fsuid();
                        case GROUP_OBJ -> someone.inGroup(inode.gid());
                        case GROUP -> someone.inGroup(entry.id);
                        default -> false;
                    };
            if (isTheirs && (entry.tag == Tag.USER || enough)) {
                return (entry.permissions & mask() & wanted) == wanted;
            }
            found |= isTheirs;
            if (entry.tag == Tag.OTHER) {
                return !found && enough;
            }
        }
        return false;
    }

    private int mask() {
        return entries.stream()
                .filter(entry -> entry.tag == Tag.MASK)
                .mapToInt(Entry::permissions)
                .findFirst()
                .orElse(ALL);
    }
}
