package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedGates;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.MachineSetup;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A program may change all of a copied root directory, and this machine's files stay what they were. */
class CopiedRootTest {

    private static final int AT_FDCWD = -100;
    private static final int O_WRONLY = 1;
    private static final int O_RDWR = 2;
    private static final int O_CREAT = 0x40;
    private static final int O_TRUNC = 0x200;
    private static final int O_APPEND = 0x400;
    private static final int O_DIRECTORY = 0x1_0000;
    private static final int O_TMPFILE = 0x41_0000;
    private static final int MAP_SHARED = 1;
    private static final int MAP_PRIVATE = 2;
    private static final int PROT_READ_WRITE = 3;
    private static final int PAGE = 4096;
    private static final int LARGE = 300_000;
    private static final String INSIDE = "inside";

    @TempDir
    private Path root;

    private final byte[] large = new byte[LARGE];
    private HostDirectory directory;
    private CountingTree tree;
    private EmulatedMachine machine;
    private SyscallEntry entry;
    private UserMemory.Scope scope;

    @BeforeEach
    void switchOn() throws IOException {
        assumeTrue(root.getFileSystem().supportedFileAttributeViews().contains("unix"), "needs a file system of Unix");
        new Random(7).nextBytes(large);
        Files.createDirectories(root.resolve("etc/deep/deeper"));
        Files.writeString(root.resolve("etc/name"), INSIDE);
        Files.writeString(root.resolve("etc/deep/deeper/leaf"), INSIDE);
        Files.write(root.resolve("large"), large);
        Files.createLink(root.resolve("etc/again"), root.resolve("etc/name"));
        Files.createSymbolicLink(root.resolve("link"), Path.of("etc/name"));
        Files.createDirectory(root.resolve("tmp"));
        Files.writeString(root.resolve("tmp/hidden"), INSIDE);
        Files.setPosixFilePermissions(root.resolve("large"), PosixFilePermissions.fromString("rw-r-x--x"));
        Files.setLastModifiedTime(
                root.resolve("large"), FileTime.from(Instant.ofEpochSecond(981_173_106, 123_456_789)));
        directory = HostDirectory.open(root);
        switchOn(setup());
    }

    private MachineSetup setup() {
        tree = new CountingTree(directory);
        return MachineSetup.of(KernelGeneration.MODERN, Vendor.AMD)
                .as(Credentials.ROOT)
                .overCopyOf(tree);
    }

    private void switchOn(MachineSetup setup) {
        machine = new EmulatedMachine(setup);
        entry = EmulatedGates.open(Gate.EMULATED_SYSCALL, machine);
        scope = machine.memory(Abi.X86_64).open();
    }

    private void switchOnInstead(MachineSetup setup) {
        scope.close();
        machine.close();
        switchOn(setup);
    }

    @AfterEach
    void switchOff() throws IOException {
        if (machine != null) {
            scope.close();
            machine.close();
            assertThat(tree.openNow).hasValue(0);
            directory.close();
        }
    }

    private long call(Syscall call, long... arguments) {
        long[] six = Arrays.copyOf(arguments, 6);
        return entry.enter(call.number(Abi.X86_64), six[0], six[1], six[2], six[3], six[4], six[5]);
    }

    private long string(String text) {
        return bytes((text + '\0').getBytes(StandardCharsets.ISO_8859_1)).address();
    }

    private UserBuffer bytes(byte[] contents) {
        UserBuffer buffer = scope.allocate(contents.length, 8);
        MemorySegment.copy(contents, 0, buffer.segment(), ValueLayout.JAVA_BYTE, 0, contents.length);
        return buffer;
    }

    private long open(String name, int flags) {
        return call(Syscall.OPENAT, AT_FDCWD, string(name), flags, 0644);
    }

    private byte[] readFrom(long fd, long position, int size) {
        UserBuffer buffer = scope.allocate(size, 8);
        long read = call(Syscall.PREAD64, fd, buffer.address(), size, position);
        assertThat(read).isNotNegative();
        return buffer.segment().asSlice(0, read).toArray(ValueLayout.JAVA_BYTE);
    }

    private byte[] contents(String name) {
        long fd = open(name, 0);
        assertThat(fd).isNotNegative();
        byte[] read = readFrom(fd, 0, 2 * LARGE);
        call(Syscall.CLOSE, fd);
        return read;
    }

    private String text(String name) {
        long fd = open(name, 0);
        if (fd < 0) {
            return String.valueOf(errno(fd));
        }
        call(Syscall.CLOSE, fd);
        return new String(contents(name), StandardCharsets.ISO_8859_1);
    }

    private void write(String name, int flags, String text) {
        long fd = open(name, flags);
        assertThat(fd).isNotNegative();
        assertThat(call(Syscall.WRITE, fd, string(text), text.length())).isEqualTo(text.length());
        call(Syscall.CLOSE, fd);
    }

    private static Errno errno(long result) {
        return Errno.of(result).orElse(null);
    }

    /** The fields of {@code struct stat} of x86-64 that this test looks at. */
    private record Stat(
            long inode, long links, int mode, int uid, int gid, long size, long blocks, long mtime, long nanos) {}

    private Stat stat(String name) {
        UserBuffer buffer = scope.allocate(144, 8);
        assertThat(call(Syscall.LSTAT, string(name), buffer.address())).isZero();
        MemorySegment stat = buffer.segment();
        return new Stat(
                stat.get(ValueLayout.JAVA_LONG_UNALIGNED, 8),
                stat.get(ValueLayout.JAVA_LONG_UNALIGNED, 16),
                stat.get(ValueLayout.JAVA_INT_UNALIGNED, 24),
                stat.get(ValueLayout.JAVA_INT_UNALIGNED, 28),
                stat.get(ValueLayout.JAVA_INT_UNALIGNED, 32),
                stat.get(ValueLayout.JAVA_LONG_UNALIGNED, 48),
                stat.get(ValueLayout.JAVA_LONG_UNALIGNED, 64),
                stat.get(ValueLayout.JAVA_LONG_UNALIGNED, 88),
                stat.get(ValueLayout.JAVA_LONG_UNALIGNED, 96));
    }

    private List<String> names(String path) {
        long fd = open(path, O_DIRECTORY);
        assertThat(fd).isNotNegative();
        UserBuffer buffer = scope.allocate(200, 8);
        List<String> names = new ArrayList<>();
        long size = call(Syscall.GETDENTS64, fd, buffer.address(), 200);
        while (size > 0) {
            for (long at = 0; at < size; at += buffer.segment().get(ValueLayout.JAVA_SHORT_UNALIGNED, at + 16)) {
                names.add(buffer.segment().getString(at + 19));
            }
            size = call(Syscall.GETDENTS64, fd, buffer.address(), 200);
        }
        assertThat(size).isZero();
        call(Syscall.CLOSE, fd);
        return names;
    }

    @Test
    void theProgramSeesWhatIsThere() throws IOException {
        Stat stat = stat("/large");

        assertThat(contents("/large")).isEqualTo(large);
        assertThat(text("/link")).isEqualTo(INSIDE);
        assertThat(stat.mode()).isEqualTo(0100651);
        assertThat(stat.uid()).isEqualTo(Files.getAttribute(root.resolve("large"), "unix:uid"));
        assertThat(stat.gid()).isEqualTo(Files.getAttribute(root.resolve("large"), "unix:gid"));
        assertThat(stat.size()).isEqualTo(LARGE);
        assertThat(stat.blocks()).isEqualTo((LARGE + PAGE - 1) / PAGE * 8L);
        assertThat(stat.mtime()).isEqualTo(981_173_106);
        assertThat(stat.nanos()).isEqualTo(123_456_789);
        assertThat(stat("/link").size()).isEqualTo("etc/name".length());
        assertThat(stat("/etc").mtime())
                .isEqualTo(Files.getLastModifiedTime(root.resolve("etc")).to(TimeUnit.SECONDS));
        assertThat(names("/")).containsExactlyInAnyOrder(".", "..", "dev", "etc", "large", "link", "proc", "tmp");
        assertThat(names("/etc")).containsExactlyInAnyOrder(".", "..", "again", "deep", "name");
        assertThat(names("/tmp")).containsExactly(".", "..");
    }

    @Test
    void hardLinksAreOneFile() {
        long number = stat("/etc/name").inode();

        write("/etc/again", O_WRONLY | O_APPEND, " and more");

        assertThat(text("/etc/name")).isEqualTo("inside and more");
        assertThat(stat("/etc/again")).isEqualTo(stat("/etc/name"));
        assertThat(stat("/etc/name").inode()).isEqualTo(number);
        assertThat(stat("/etc/name").links()).isEqualTo(2);
        assertThat(call(Syscall.UNLINK, string("/etc/name"))).isZero();
        assertThat(stat("/etc/again").links()).isEqualTo(1);
        assertThat(text("/etc/again")).isEqualTo("inside and more");
    }

    @Test
    void theSecondNameOfAFileIsFoundAfterTheFirstIsGone() {
        write("/etc/name", O_WRONLY | O_TRUNC, "new");
        assertThat(call(Syscall.UNLINK, string("/etc/name"))).isZero();

        assertThat(text("/etc/again")).isEqualTo("new");
        assertThat(stat("/etc/again").links()).isEqualTo(1);
        assertThat(text("/etc/name")).isEqualTo("ENOENT");
    }

    /** A way to change a file's contents. */
    private enum Way {
        WRITE,
        APPEND,
        CUT,
        EXTEND,
        OPEN_AND_CUT,
        ALLOCATE,
        PUNCH,
        MAP,
        COPY_RANGE,
        SENDFILE
    }

    @ParameterizedTest
    @EnumSource
    void everyWayOfChangingCopiesFirst(Way way) throws IOException {
        Map<String, String> before = HostSnapshot.of(root);
        byte[] expected = change(way, open("/large", O_RDWR));

        assertThat(contents("/large")).isEqualTo(expected);
        assertThat(stat("/large").size()).isEqualTo(expected.length);
        assertThat(tree.openNow).as("the host's file is closed").hasValue(0);
        assertThat(HostSnapshot.of(root)).isEqualTo(before);
    }

    private byte[] change(Way way, long fd) {
        byte[] expected = large.clone();
        long text = string("12345");
        switch (way) {
            case WRITE -> {
                assertThat(call(Syscall.PWRITE64, fd, text, 5, 100_000)).isEqualTo(5);
                System.arraycopy("12345".getBytes(StandardCharsets.US_ASCII), 0, expected, 100_000, 5);
            }
            case APPEND -> {
                write("/large", O_WRONLY | O_APPEND, "12345");
                expected = Arrays.copyOf(expected, LARGE + 5);
                System.arraycopy("12345".getBytes(StandardCharsets.US_ASCII), 0, expected, LARGE, 5);
            }
            case CUT -> {
                assertThat(call(Syscall.TRUNCATE, string("/large"), 5000)).isZero();
                expected = Arrays.copyOf(expected, 5000);
            }
            case EXTEND -> {
                assertThat(call(Syscall.FTRUNCATE, fd, LARGE + 5000)).isZero();
                expected = Arrays.copyOf(expected, LARGE + 5000);
            }
            case OPEN_AND_CUT -> {
                assertThat(open("/large", O_WRONLY | O_TRUNC)).isNotNegative();
                expected = new byte[0];
            }
            case ALLOCATE -> {
                assertThat(call(Syscall.FALLOCATE, fd, 0, 0, LARGE + 9)).isZero();
                expected = Arrays.copyOf(expected, LARGE + 9);
            }
            case PUNCH -> {
                assertThat(call(Syscall.FALLOCATE, fd, 3, 1000, 10_000)).isZero();
                Arrays.fill(expected, 1000, 11_000, (byte) 0);
            }
            case MAP -> {
                long at = call(Syscall.MMAP, 0, PAGE, PROT_READ_WRITE, MAP_SHARED, fd, PAGE);
                assertThat(at).isPositive();
                assertThat(call(Syscall.PREAD64, open("/etc/name", 0), at, INSIDE.length(), 0))
                        .isEqualTo(INSIDE.length());
                System.arraycopy(INSIDE.getBytes(StandardCharsets.US_ASCII), 0, expected, PAGE, INSIDE.length());
                call(Syscall.MUNMAP, at, PAGE);
                call(Syscall.CLOSE, fd + 1);
            }
            case COPY_RANGE -> {
                long from = open("/etc/name", 0);
                assertThat(call(Syscall.COPY_FILE_RANGE, from, 0, fd, 0, 100, 0))
                        .isEqualTo(INSIDE.length());
                System.arraycopy(INSIDE.getBytes(StandardCharsets.US_ASCII), 0, expected, 0, INSIDE.length());
                call(Syscall.CLOSE, from);
            }
            case SENDFILE -> {
                long from = open("/etc/name", 0);
                assertThat(call(Syscall.SENDFILE, fd, from, 0, 100)).isEqualTo(INSIDE.length());
                System.arraycopy(INSIDE.getBytes(StandardCharsets.US_ASCII), 0, expected, 0, INSIDE.length());
                call(Syscall.CLOSE, from);
            }
        }
        return expected;
    }

    @Test
    void whoHasAFileOpenSeesTheChange() {
        long reader = open("/large", 0);
        assertThat(readFrom(reader, 0, 10)).isEqualTo(Arrays.copyOf(large, 10));

        write("/large", O_WRONLY, "12345");

        assertThat(readFrom(reader, 0, 5)).asString(StandardCharsets.US_ASCII).isEqualTo("12345");
        assertThat(readFrom(reader, 5, LARGE)).isEqualTo(Arrays.copyOfRange(large, 5, LARGE));
    }

    @Test
    void aMappingToReadSeesTheChangeAndAPrivateOneKeepsItsOwn() {
        long fd = open("/large", 0);
        long shared = call(Syscall.MMAP, 0, PAGE, 1, MAP_SHARED, fd, 0);
        long own = call(Syscall.MMAP, 0, PAGE, PROT_READ_WRITE, MAP_PRIVATE, fd, 0);
        call(Syscall.PREAD64, open("/etc/name", 0), own, INSIDE.length(), 0);
        assertThat(mapped(shared, 5)).isEqualTo(Arrays.copyOf(large, 5));

        write("/large", O_WRONLY, "12345");

        assertThat(mapped(shared, 5)).asString(StandardCharsets.US_ASCII).isEqualTo("12345");
        assertThat(mapped(own, 6)).asString(StandardCharsets.US_ASCII).isEqualTo(INSIDE);
        assertThat(contents("/large")).startsWith("12345".getBytes(StandardCharsets.US_ASCII));
    }

    /** {@return what the kernel finds at an address} */
    private byte[] mapped(long address, int size) {
        long fd = open("/tmp/seen", O_RDWR | O_CREAT | O_TRUNC);
        assertThat(call(Syscall.WRITE, fd, address, size)).isEqualTo(size);
        byte[] seen = readFrom(fd, 0, size);
        call(Syscall.CLOSE, fd);
        return seen;
    }

    @Test
    void whatIsNotReadIsNotOpened() throws IOException {
        Map<String, String> before = HostSnapshot.of(root);
        long name = string("/large");
        long times = bytes(new byte[32]).address();

        assertThat(call(Syscall.CHMOD, name, 0600)).isZero();
        assertThat(call(Syscall.CHOWN, name, 12, 13)).isZero();
        assertThat(call(Syscall.UTIMENSAT, AT_FDCWD, name, times, 0)).isZero();
        assertThat(call(Syscall.SETXATTR, name, string("user.x"), name, 6, 0)).isZero();
        assertThat(call(Syscall.LINK, name, string("/etc/large"))).isZero();
        assertThat(call(Syscall.RENAME, name, string("/huge"))).isZero();
        assertThat(call(Syscall.TRUNCATE, string("/etc/name"), 0)).isZero();

        assertThat(tree.opened).hasValue(0);
        Stat stat = stat("/huge");
        assertThat(stat.mode()).isEqualTo(0100600);
        assertThat(stat.uid()).isEqualTo(12);
        assertThat(stat.mtime()).isZero();
        assertThat(stat.links()).isEqualTo(2);
        assertThat(contents("/etc/large")).isEqualTo(large);
        assertThat(stat("/huge").mtime()).isZero();
        assertThat(HostSnapshot.of(root)).isEqualTo(before);
    }

    @Test
    void aDirectoryThatIsMovedTakesAlongWhatIsBelow() throws IOException {
        assertThat(call(Syscall.RENAME, string("/etc"), string("/moved"))).isZero();
        assertThat(call(Syscall.MKDIR, string("/etc"), 0755)).isZero();

        assertThat(text("/moved/deep/deeper/leaf")).isEqualTo(INSIDE);
        assertThat(names("/moved/deep")).containsExactlyInAnyOrder(".", "..", "deeper");
        assertThat(names("/etc")).containsExactly(".", "..");
        assertThat(text("/etc/name")).isEqualTo("ENOENT");
        assertThat(text("/link")).isEqualTo("ENOENT");
        assertThat(Files.isDirectory(root.resolve("moved"))).isFalse();
    }

    @Test
    void whatIsRemovedStaysRemoved() {
        assertThat(errno(call(Syscall.RMDIR, string("/etc/deep")))).isEqualTo(Errno.ENOTEMPTY);
        assertThat(errno(call(Syscall.RENAME, string("/tmp/../etc/deep/deeper"), string("/etc/deep"))))
                .isEqualTo(Errno.ENOTEMPTY);
        assertThat(call(Syscall.UNLINK, string("/etc/deep/deeper/leaf"))).isZero();
        assertThat(text("/etc/deep/deeper/leaf")).isEqualTo("ENOENT");
        assertThat(names("/etc/deep/deeper")).containsExactly(".", "..");
        assertThat(call(Syscall.RMDIR, string("/etc/deep/deeper"))).isZero();
        assertThat(stat("/etc/deep").links()).isEqualTo(2);
        assertThat(call(Syscall.RMDIR, string("/etc/deep"))).isZero();

        assertThat(text("/etc/deep/deeper/leaf")).isEqualTo("ENOENT");
        assertThat(names("/etc")).containsExactlyInAnyOrder(".", "..", "again", "name");
        write("/etc/deep", O_WRONLY | O_CREAT, "a file");
        assertThat(text("/etc/deep")).isEqualTo("a file");
    }

    @Test
    void aFileThatIsRemovedCanBeReadByWhoHasItOpen() {
        long fd = open("/large", 0);
        assertThat(call(Syscall.UNLINK, string("/large"))).isZero();

        assertThat(text("/large")).isEqualTo("ENOENT");
        assertThat(readFrom(fd, 0, 2 * LARGE)).isEqualTo(large);
        assertThat(tree.openNow).hasValue(1);
        assertThat(call(Syscall.CLOSE, fd)).isZero();
        assertThat(tree.openNow).hasValue(0);
    }

    @Test
    void namesAreExchangedReplacedAndMadeLater() {
        assertThat(call(Syscall.RENAMEAT2, AT_FDCWD, string("/etc"), AT_FDCWD, string("/large"), 2))
                .isZero();
        assertThat(contents("/etc")).isEqualTo(large);
        assertThat(text("/large/name")).isEqualTo(INSIDE);

        assertThat(call(Syscall.RENAME, string("/large/name"), string("/large/deep/deeper/leaf")))
                .isZero();
        assertThat(names("/large/deep/deeper")).containsExactlyInAnyOrder(".", "..", "leaf");
        assertThat(stat("/large/deep/deeper/leaf").inode())
                .isEqualTo(stat("/large/again").inode());

        long unnamed = open("/large", O_TMPFILE | O_RDWR);
        assertThat(call(Syscall.WRITE, unnamed, string("late"), 4)).isEqualTo(4);
        String itself = "/proc/self/fd/" + unnamed;
        assertThat(call(Syscall.LINKAT, AT_FDCWD, string(itself), AT_FDCWD, string("/large/late"), 0x400))
                .isZero();
        assertThat(text("/large/late")).isEqualTo("late");
    }

    @Test
    void numbersOfNewFilesAreNotThoseOfOldOnes() {
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            write("/new-" + i, O_WRONLY | O_CREAT, "x");
            numbers.add(stat("/new-" + i).inode());
        }
        for (String name : List.of("/", "/etc", "/etc/name", "/large", "/link", "/etc/deep")) {
            numbers.add(stat(name).inode());
        }

        assertThat(numbers).doesNotHaveDuplicates();
    }

    @Test
    void aLargeDirectoryIsLookedIntoNameByNameUntilItIsListed() throws IOException {
        Files.createDirectory(root.resolve("many"));
        for (int i = 0; i < 300; i++) {
            Files.createFile(root.resolve("many/" + i));
        }
        switchOnInstead(setup());
        long size = stat("/many").size();
        int before = tree.statuses.get();

        assertThat(text("/many/17")).isEmpty();
        assertThat(text("/many/nothing")).isEqualTo("ENOENT");
        write("/many/new", O_WRONLY | O_CREAT, "x");

        assertThat(tree.listings).hasValue(0);
        assertThat(tree.statuses.get() - before).isLessThan(10);
        assertThat(size).isEqualTo(Files.size(root.resolve("many")));
        assertThat(stat("/many").size()).isEqualTo(size + 20);
        assertThat(names("/many")).hasSize(2 + 301).doesNotHaveDuplicates();
        int listed = tree.statuses.get();
        assertThat(names("/many")).hasSize(2 + 301);
        assertThat(tree.statuses).hasValue(listed);
        assertThat(tree.listings).hasValue(1);
    }

    @Test
    void aFileThatChangesWhileItIsReadIsNotHandedOutInPieces() throws IOException {
        long fd = open("/large", 0);
        assertThat(readFrom(fd, 0, 10)).isEqualTo(Arrays.copyOf(large, 10));
        byte[] other = new byte[LARGE];
        Files.write(root.resolve("large"), other);

        UserBuffer buffer = scope.allocate(10, 8);
        assertThat(errno(call(Syscall.PREAD64, fd, buffer.address(), 10, 200_000)))
                .isEqualTo(Errno.ESTALE);
        assertThat(errno(call(Syscall.PWRITE64, open("/large", O_RDWR), buffer.address(), 10, 0)))
                .isEqualTo(Errno.ESTALE);
        call(Syscall.CLOSE, fd);
        call(Syscall.CLOSE, fd + 1);

        assertThat(contents("/large")).isEqualTo(other);
    }

    @Test
    void aFileThatGrewBeforeItWasOpenedIsSeenAsItIsThen() throws IOException {
        assertThat(stat("/large").size()).isEqualTo(LARGE);
        Files.write(root.resolve("large"), new byte[] {1, 2, 3}, StandardOpenOption.APPEND);

        write("/large", O_WRONLY | O_APPEND, "4");

        byte[] expected = Arrays.copyOf(large, LARGE + 4);
        System.arraycopy(new byte[] {1, 2, 3, '4'}, 0, expected, LARGE, 4);
        assertThat(contents("/large")).isEqualTo(expected);
    }

    @Test
    void aFileThatWasReplacedIsStale() throws IOException {
        stat("/large");
        Files.move(root.resolve("large"), root.resolve("old"));
        Files.write(root.resolve("large"), large);

        assertThat(errno(open("/large", 0))).isEqualTo(Errno.ESTALE);
    }

    @Test
    void aFileForWhichThereIsNoMemoryIsReadButNotChanged() throws IOException {
        byte[] larger = new byte[4 << 20];
        new Random(8).nextBytes(larger);
        Files.write(root.resolve("larger"), larger);
        Files.write(root.resolve("sparse"), new byte[0]);
        try (var sparse = Files.newByteChannel(root.resolve("sparse"), StandardOpenOption.WRITE)) {
            sparse.position(12 << 20).write(java.nio.ByteBuffer.wrap(new byte[] {1}));
        }
        switchOnInstead(setup().with(new MachineSetup.Memory(4 << 20)));
        long fd = open("/larger", O_RDWR);
        long text = string("12345");

        assertThat(errno(call(Syscall.WRITE, fd, text, 5))).isEqualTo(Errno.ENOSPC);
        assertThat(errno(call(Syscall.FTRUNCATE, fd, 5 << 20))).isEqualTo(Errno.ENOSPC);
        assertThat(errno(call(Syscall.MMAP, 0, PAGE, PROT_READ_WRITE, MAP_SHARED, fd, 0)))
                .isEqualTo(Errno.ENOMEM);
        for (int at = 0; at < larger.length; at += 1 << 20) {
            assertThat(readFrom(fd, at, 10_000)).isEqualTo(Arrays.copyOfRange(larger, at, at + 10_000));
        }
        assertThat(call(Syscall.FTRUNCATE, fd, 100_000)).isZero();
        assertThat(call(Syscall.PWRITE64, open("/sparse", O_RDWR), text, 5, 0)).isEqualTo(5);
        assertThat(stat("/sparse").blocks()).isEqualTo(2 * 8);
    }

    @Test
    void memoryOfRemovedFilesIsFreeAgain() throws IOException {
        switchOnInstead(setup().with(new MachineSetup.Memory(2 << 20)));
        for (int i = 0; i < 12; i++) {
            assertThat(call(Syscall.CHMOD, string("/large"), 0600)).isZero();
            write("/large", O_WRONLY, "12345");
            write("/copy", O_WRONLY | O_CREAT, "12345");
            assertThat(call(Syscall.FALLOCATE, open("/copy", O_RDWR), 0, 0, 200_000))
                    .isZero();
            assertThat(call(Syscall.RENAME, string("/copy"), string("/etc/name")))
                    .isZero();
            call(Syscall.CLOSE, 3);
        }
    }

    @Test
    void holesOfAnUntouchedFileAreNotLookedFor() {
        long fd = open("/large", 0);

        assertThat(call(Syscall.LSEEK, fd, 5000, 3)).isEqualTo(5000);
        assertThat(call(Syscall.LSEEK, fd, 5000, 4)).isEqualTo(LARGE);
        assertThat(errno(call(Syscall.LSEEK, fd, LARGE, 3))).isEqualTo(Errno.ENXIO);
    }

    @Test
    void aMachineThatIsClosedHasNothingOpen() {
        long mapped = open("/large", 0);
        assertThat(call(Syscall.MMAP, 0, PAGE, 1, MAP_PRIVATE, mapped, 0)).isPositive();
        call(Syscall.CLOSE, mapped);
        open("/etc/name", 0);
        assertThat(tree.openNow).hasValue(2);

        machine.close();

        assertThat(tree.openNow).hasValue(0);
    }

    @Test
    void pipesAndSocketsAreShownAndRemoved() throws IOException, InterruptedException {
        Path pipe = root.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "needs mkfifo");

        assertThat(stat("/pipe").mode() & 0170000).isEqualTo(0010000);
        assertThat(errno(open("/pipe", O_WRONLY | 0x800))).isEqualTo(Errno.ENXIO);
        assertThat(call(Syscall.UNLINK, string("/pipe"))).isZero();
        assertThat(Files.exists(pipe)).isTrue();
    }

    @Test
    void aWorkingDirectoryMayBeBelow() {
        switchOnInstead(setup().in("/etc/deep/new"));

        assertThat(text("../../name")).isEqualTo(INSIDE);
        assertThat(names(".")).containsExactly(".", "..");
        assertThat(Files.exists(root.resolve("etc/deep/new"))).isFalse();
    }
}
