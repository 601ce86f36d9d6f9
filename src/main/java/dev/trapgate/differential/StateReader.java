package dev.trapgate.differential;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.trace.FileMode;
import dev.trapgate.trace.QuotedText;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Reads what a scenario has left behind, through the entry it was played through: the directory tree and the open
 * descriptors, one line of text each. Inode numbers show in no line, only which names and descriptors share a file.
 */
final class StateReader {

    /** The key of the one line that says why there are no others. */
    static final String UNREADABLE = "unreadable";

    /** Descriptors that are looked at in any case; above, only those that some call answered. */
    private static final int DESCRIPTORS = 32;

    private static final int MOST_ENTRIES = 1000;
    private static final int DEEPEST = 40;
    private static final int SHOWN_BYTES = 48;

    private static final int CONTENT_PAGES = 16;
    private static final long CONTENT_LIMIT = 1 << 20;
    private static final int PATH_PAGES = 2;
    private static final int PATH_MAX = 4096;

    private static final long AT_FDCWD = -100;
    private static final long AT_SYMLINK_NOFOLLOW = 0x100;
    private static final long AT_EMPTY_PATH = 0x1000;
    private static final long O_NOFOLLOW = 0400000;
    private static final long O_DIRECTORY = 0200000;
    private static final long O_LARGEFILE = 0100000;
    private static final long O_NONBLOCK = 04000;
    private static final long O_CLOEXEC = 02000000;
    private static final long STATX_BASIC_STATS = 0x7ff;
    private static final long F_GETFD = 1;
    private static final long F_GETFL = 3;
    private static final long SEEK_CUR = 1;
    private static final int S_IFMT = 0170000;
    private static final int S_IFREG = 0100000;
    private static final int S_IFDIR = 0040000;
    private static final int S_IFLNK = 0120000;
    private static final int S_IFCHR = 0020000;
    private static final int S_IFBLK = 0060000;

    private final SyscallEntry entry;
    private final Abi abi;
    private final String root;
    private final UserBuffer path;
    private final UserBuffer data;
    private final Map<String, String> lines = new TreeMap<>();
    private final Map<Long, String> names = new HashMap<>();
    private int entries;

    /**
     * Prepares to read.
     *
     * @param entry through which gate
     * @param pages where memory for its calls comes from
     * @param root the absolute path of the tree to read
     */
    StateReader(SyscallEntry entry, Blocks pages, String root) {
        this.entry = entry;
        this.abi = entry.abi();
        this.root = root;
        this.path = pages.take(PATH_PAGES);
        this.data = pages.take(CONTENT_PAGES);
    }

    /** Thrown where the kernel lacks a call that reading needs. */
    private static final class Unreadable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unreadable(String call) {
            super(call + " is not there", null, false, false);
        }
    }

    /**
     * Reads all.
     *
     * @param results what the scenario's calls answered: descriptors may be among them
     * @return a line for each descriptor and each file, by {@code descriptor N} and {@code file NAME}
     */
    Map<String, String> read(List<Long> results) {
        try {
            TreeSet<Integer> candidates =
                    IntStream.range(0, DESCRIPTORS).boxed().collect(Collectors.toCollection(TreeSet::new));
            results.stream()
                    .filter(result -> result >= DESCRIPTORS && result < 1 << 20)
                    .limit(DESCRIPTORS)
                    .forEach(result -> candidates.add(result.intValue()));
            Map<Integer, String> open = new TreeMap<>();
            for (int descriptor : candidates) {
                if (call(fcntl(), descriptor, F_GETFD) >= 0) {
                    open.put(descriptor, descriptor < 3 ? standard(descriptor) : descriptor(descriptor));
                }
            }
            Map<Integer, Long> inodes = inodes(open);
            tree(AT_FDCWD, root, ".", 0);
            open.forEach((descriptor, text) -> lines.put(
                    "descriptor " + descriptor, text + names.getOrDefault(inodes.getOrDefault(descriptor, -1L), "")));
            return lines;
        } catch (Unreadable absent) {
            return Map.of(UNREADABLE, String.valueOf(absent.getMessage()));
        }
    }

    private Map<Integer, Long> inodes(Map<Integer, String> open) {
        Map<Integer, Long> inodes = new HashMap<>();
        for (int descriptor : open.keySet()) {
            if (statx(descriptor, "", AT_EMPTY_PATH) == 0) {
                inodes.put(descriptor, inode());
            }
        }
        return inodes;
    }

    private Syscall fcntl() {
        return abi == Abi.I386 ? Syscall.FCNTL64 : Syscall.FCNTL;
    }

    /** What a program is started with differs; once replaced, it is like the others. */
    private String standard(int descriptor) {
        boolean isDevice = statx(descriptor, "", AT_EMPTY_PATH) < 0 || (mode() & S_IFMT) == S_IFCHR;
        return isDevice ? "a terminal or what stands for it" : descriptor(descriptor);
    }

    private String descriptor(int descriptor) {
        String flags = "flags 0" + Long.toOctalString(call(fcntl(), descriptor, F_GETFL));
        String closing = call(fcntl(), descriptor, F_GETFD) == 0 ? "" : ", close-on-exec";
        String file = statx(descriptor, "", AT_EMPTY_PATH) < 0
                ? "?"
                : FileMode.of(mode()) + ", links " + integer(16) + ", size " + number(40);
        return flags + closing + ", " + offset(descriptor) + ", " + file;
    }

    private String offset(int descriptor) {
        long answer;
        if (abi == Abi.I386) {
            answer = call(Syscall._LLSEEK, descriptor, 0, 0, data.address(), SEEK_CUR);
            answer = answer == 0 ? number(0) : answer;
        } else {
            answer = call(Syscall.LSEEK, descriptor, 0, SEEK_CUR);
        }
        return Errno.isError(answer) ? "no offset (" + name(answer) + ")" : "offset " + answer;
    }

    private void tree(long parent, String name, String shown, int depth) {
        if (entries++ == MOST_ENTRIES || depth > DEEPEST) {
            lines.put("file " + shown, "and more, not looked at");
            return;
        }
        long answer = statx(parent, name, AT_SYMLINK_NOFOLLOW);
        if (answer < 0) {
            lines.put("file " + shown, "statx: " + name(answer));
            return;
        }
        int type = (int) mode() & S_IFMT;
        long size = number(40);
        String before = names.putIfAbsent(inode(), ", is " + shown);
        String facts = facts(type, size) + (before == null ? "" : before);
        String inside =
                switch (type) {
                    case S_IFREG -> content(parent, name);
                    case S_IFLNK -> ", leads to " + target(parent, name);
                    default -> "";
                };
        lines.put("file " + shown, facts + inside + attributes(shown));
        if (type == S_IFDIR) {
            list(parent, name, shown, depth);
        }
    }

    /** From what statx has just written. */
    private String facts(int type, long size) {
        String device = type == S_IFCHR || type == S_IFBLK ? ", device " + integer(128) + ":" + integer(132) : "";
        return FileMode.of(mode()) + ", uid " + integer(20) + ", gid " + integer(24) + ", links " + integer(16)
                + ", size " + size + ", blocks " + number(48) + device;
    }

    private String content(long parent, String name) {
        long descriptor = open(parent, name, O_NOFOLLOW | O_NONBLOCK);
        if (descriptor < 0) {
            return ", not readable: " + name(descriptor);
        }
        try {
            CRC32 sum = new CRC32();
            long at = 0;
            byte[] head = {};
            for (long got = read(descriptor); got > 0 && at < CONTENT_LIMIT; got = read(descriptor)) {
                byte[] bytes = data.segment().asSlice(0, got).toArray(ValueLayout.JAVA_BYTE);
                head = at == 0 ? bytes : head;
                sum.update(bytes);
                at += got;
            }
            String more = at > SHOWN_BYTES ? ", checksum " + Long.toHexString(sum.getValue()) + " of " + at : "";
            return ", holds " + QuotedText.of(head, SHOWN_BYTES) + more;
        } finally {
            call(Syscall.CLOSE, descriptor);
        }
    }

    private long size() {
        return data.segment().byteSize();
    }

    private long read(long descriptor) {
        return call(Syscall.READ, descriptor, data.address(), size());
    }

    private long open(long parent, String name, long flags) {
        put(name);
        return call(Syscall.OPENAT, parent, path.address(), flags | O_CLOEXEC | O_LARGEFILE, 0);
    }

    private String target(long parent, String name) {
        put(name);
        long answer = call(Syscall.READLINKAT, parent, path.address(), data.address(), PATH_MAX);
        return answer < 0
                ? name(answer)
                : QuotedText.of(data.segment().asSlice(0, answer).toArray(ValueLayout.JAVA_BYTE), PATH_MAX);
    }

    /** Extended attributes are found by the whole path; where that is too long, or the call is not there, none are. */
    private String attributes(String shown) {
        String whole = root + "/" + shown;
        if (whole.length() >= PATH_MAX) {
            return "";
        }
        put(whole);
        long answer = entry.enter(
                Syscall.LLISTXATTR.number(abi),
                path.address(),
                data.address(),
                data.segment().byteSize(),
                0,
                0,
                0);
        if (answer <= 0) {
            return "";
        }
        byte[] bytes = data.segment().asSlice(0, answer).toArray(ValueLayout.JAVA_BYTE);
        String list = new String(bytes, StandardCharsets.ISO_8859_1);
        return Stream.of(list.split("\0", -1))
                .filter(attribute -> !attribute.isEmpty())
                .sorted()
                .map(attribute -> ", " + attribute + "=" + attribute(whole, attribute))
                .collect(Collectors.joining());
    }

    private String attribute(String whole, String attribute) {
        put(whole);
        long at = Blocks.PAGE;
        path.segment().asSlice(at).setString(0, attribute);
        long answer = call(
                Syscall.LGETXATTR,
                path.address(),
                path.address() + at,
                data.address(),
                data.segment().byteSize());
        return answer < 0
                ? name(answer)
                : QuotedText.of(data.segment().asSlice(0, answer).toArray(ValueLayout.JAVA_BYTE), SHOWN_BYTES);
    }

    private void list(long parent, String name, String shown, int depth) {
        long directory = open(parent, name, O_DIRECTORY | O_NOFOLLOW);
        if (directory < 0) {
            lines.merge("file " + shown, ", not to be listed: " + name(directory), String::concat);
            return;
        }
        try {
            for (String child : children(directory)) {
                tree(directory, child, shown.equals(".") ? child : shown + "/" + child, depth + 1);
            }
        } finally {
            call(Syscall.CLOSE, directory);
        }
    }

    private List<String> children(long directory) {
        List<String> children = new ArrayList<>();
        long got = call(Syscall.GETDENTS64, directory, data.address(), size());
        while (got > 0 && children.size() <= MOST_ENTRIES) {
            for (long at = 0; at < got; at += data.segment().get(SHORT, at + 16) & 0xffff) {
                String child = text(data.segment().asSlice(at + 19));
                if (!child.equals(".") && !child.equals("..")) {
                    children.add(child);
                }
            }
            got = call(Syscall.GETDENTS64, directory, data.address(), size());
        }
        return children.stream().sorted().toList();
    }

    /** Names are bytes; here each byte is a character. */
    private static String text(MemorySegment from) {
        return from.getString(0, StandardCharsets.ISO_8859_1);
    }

    private void put(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, path.segment(), 0, bytes.length);
        path.segment().set(ValueLayout.JAVA_BYTE, bytes.length, (byte) 0);
    }

    private long statx(long directory, String name, long flags) {
        put(name);
        return call(Syscall.STATX, directory, path.address(), flags, STATX_BASIC_STATS, data.address());
    }

    /** Offsets are those of struct statx, which every ABI has alike. */
    private long mode() {
        return data.segment().get(SHORT, 28) & 0xffff;
    }

    private long inode() {
        return number(32);
    }

    private long integer(long offset) {
        return data.segment().get(INT, offset) & 0xffff_ffffL;
    }

    private long number(long offset) {
        return data.segment().get(LONG, offset);
    }

    private long call(Syscall call, long... arguments) {
        long[] registers = Arrays.copyOf(arguments, Player.REGISTERS);
        long answer = entry.enter(
                call.number(abi), registers[0], registers[1], registers[2], registers[3], registers[4], registers[5]);
        if (answer == -Errno.ENOSYS.number()) {
            throw new Unreadable(call.callName());
        }
        return answer;
    }

    private static String name(long answer) {
        return Errno.of(answer).map(Errno::name).orElse("error " + -answer);
    }

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
}
