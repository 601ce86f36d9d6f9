package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedGates;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.MachineSetup;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileException;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an emulated program can reach of a directory that is its root, by its own system calls. */
class HostDirectoryTest {

    private static final String INSIDE = "inside";
    private static final String OUTSIDE = "outside";
    private static final int AT_FDCWD = -100;
    private static final int O_WRONLY = 1;
    private static final int O_CREAT = 0x40;
    private static final int O_TRUNC = 0x200;
    private static final int O_DIRECTORY = 0x1_0000;
    private static final int O_NONBLOCK = 0x800;
    private static final int MODE_OFFSET = 24;
    private static final int SIZE_OFFSET = 48;

    @TempDir
    private Path directory;

    private Path root;
    private HostDirectory tree;
    private EmulatedMachine machine;
    private SyscallEntry entry;
    private UserMemory.Scope scope;

    @BeforeEach
    void switchOn() throws IOException {
        assumeTrue(
                directory.getFileSystem().supportedFileAttributeViews().contains("unix"),
                "needs a file system of Unix");
        root = Files.createDirectory(directory.resolve("root"));
        Files.writeString(directory.resolve("secret"), OUTSIDE);
        Files.createDirectories(root.resolve("etc/deep"));
        Files.writeString(root.resolve("etc/name"), INSIDE);
        Files.writeString(root.resolve("secret"), INSIDE);
        for (Path each : List.of(directory, root, root.resolve("etc"), root.resolve("etc/deep"))) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        tree = HostDirectory.open(root);
        machine = new EmulatedMachine(
                MachineSetup.of(KernelGeneration.MODERN, Vendor.AMD).over(tree));
        entry = EmulatedGates.open(Gate.EMULATED_SYSCALL, machine);
        scope = machine.memory(Abi.X86_64).open();
    }

    @AfterEach
    void switchOff() throws IOException {
        if (machine != null) {
            scope.close();
            machine.close();
            tree.close();
        }
    }

    private long call(Syscall call, long... arguments) {
        long[] six = java.util.Arrays.copyOf(arguments, 6);
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

    private String read(String name) {
        long fd = open(name, 0);
        if (fd < 0) {
            return String.valueOf(Errno.of(fd).orElseThrow());
        }
        UserBuffer buffer = scope.allocate(64, 8);
        long size = call(Syscall.READ, fd, buffer.address(), 64);
        call(Syscall.CLOSE, fd);
        return size < 0
                ? String.valueOf(Errno.of(size).orElseThrow())
                : new String(
                        buffer.segment().asSlice(0, size).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
    }

    private static Errno errno(long result) {
        return Errno.of(result).orElse(null);
    }

    @Test
    void filesAreReadAsTheyAre() throws IOException {
        byte[] large = new byte[300_000];
        new java.util.Random(5).nextBytes(large);
        Files.write(root.resolve("large"), large);
        UserBuffer buffer = scope.allocate(large.length + 10, 8);

        assertThat(read("/etc/name")).isEqualTo(INSIDE);
        long fd = open("large", 0);
        assertThat(call(Syscall.READ, fd, buffer.address(), large.length + 10)).isEqualTo(large.length);
        assertThat(buffer.segment().asSlice(0, large.length).toArray(ValueLayout.JAVA_BYTE))
                .isEqualTo(large);
        assertThat(call(Syscall.READ, fd, buffer.address(), 10)).isZero();
        assertThat(call(Syscall.PREAD64, fd, buffer.address(), 3, 299_999)).isEqualTo(1);
        assertThat(call(Syscall.LSEEK, fd, -5, 2)).isEqualTo(299_995);
    }

    @Test
    void filesAreMapped() throws IOException {
        byte[] pages = new byte[8193];
        new java.util.Random(6).nextBytes(pages);
        Files.write(root.resolve("pages"), pages);
        long fd = open("pages", 0);

        long at = call(Syscall.MMAP, 0, 3 * 4096, 3, 2, fd, 0);
        call(Syscall.CLOSE, fd);
        UserBuffer copy = scope.allocate(3 * 4096, 8);
        long pipe = scope.allocate(8, 8).address();
        assertThat(call(Syscall.PIPE2, pipe, O_NONBLOCK)).isZero();
        // The kernel reads the mapping for write(2).
        long written = call(Syscall.WRITE, 4, at, 3 * 4096);
        assertThat(call(Syscall.READ, 3, copy.address(), 3 * 4096)).isEqualTo(written);

        assertThat(written).isEqualTo(3 * 4096);
        assertThat(copy.segment().asSlice(0, 8193).toArray(ValueLayout.JAVA_BYTE))
                .isEqualTo(pages);
        assertThat(copy.segment().get(ValueLayout.JAVA_BYTE, 8193)).isZero();
        assertThat(errno(call(Syscall.MMAP, 0, 4096, 3, 1, open("pages", 0), 0)))
                .isEqualTo(Errno.EACCES);
    }

    @Test
    void aMachineThatIsClosedHasNothingOpenInItsDirectory() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "needs /proc to see what is open");
        long mapped = open("etc/name", 0);
        assertThat(call(Syscall.MMAP, 0, 4096, 1, 2, mapped, 0)).isPositive();
        call(Syscall.CLOSE, mapped);
        open("secret", 0);
        assertThat(openInside()).containsExactlyInAnyOrder("etc/name", "secret");

        machine.close();

        assertThat(openInside()).isEmpty();
    }

    /** {@return which files of the directory this JVM has open} */
    private List<String> openInside() throws IOException {
        List<String> names = new ArrayList<>();
        Path real = root.toRealPath();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                boolean there = Files.exists(descriptor, LinkOption.NOFOLLOW_LINKS);
                Path target = there ? Files.readSymbolicLink(descriptor) : descriptor;
                if (target.startsWith(real) && !target.equals(real)) {
                    names.add(real.relativize(target).toString());
                }
            }
        }
        return names;
    }

    @Test
    void statusIsTheFilesOwn() throws IOException {
        Path file = root.resolve("etc/name");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-x--x"));
        UserBuffer stat = scope.allocate(144, 8);

        assertThat(call(Syscall.STAT, string("/etc/name"), stat.address())).isZero();
        assertThat(stat.segment().get(ValueLayout.JAVA_LONG_UNALIGNED, 8))
                .isEqualTo(Files.getAttribute(file, "unix:ino"));
        assertThat(stat.segment().get(ValueLayout.JAVA_LONG_UNALIGNED, 16)).isEqualTo(1);
        assertThat(stat.segment().get(ValueLayout.JAVA_INT, MODE_OFFSET)).isEqualTo(0100651);
        assertThat(stat.segment().get(ValueLayout.JAVA_INT, 28)).isEqualTo(Files.getAttribute(file, "unix:uid"));
        assertThat(stat.segment().get(ValueLayout.JAVA_LONG_UNALIGNED, SIZE_OFFSET))
                .isEqualTo(INSIDE.length());
        assertThat(stat.segment().get(ValueLayout.JAVA_LONG_UNALIGNED, 88))
                .isEqualTo(Files.getLastModifiedTime(file).to(java.util.concurrent.TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret",
                "/../secret",
                "etc/../../secret",
                "etc/deep/../../../../secret",
                "/etc/./..//../secret"
            })
    void dotsStayInside(String name) {
        assertThat(read(name)).isEqualTo(INSIDE);
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/name, inside",
        "../../../etc/name, inside",
        "../../../secret, inside",
        "/nothing, ENOENT",
        "deep/../name, inside",
        "/proc/self/root/secret, inside"
    })
    void linksLeadToWhatTheProgramHasThere(String target, String expected) throws IOException {
        Files.createSymbolicLink(root.resolve("etc/link"), Path.of(target));

        assertThat(read("/etc/link")).isEqualTo(expected);
    }

    @Test
    void linksThatLeadOutOfTheDirectoryLeadNowhere() throws IOException {
        Files.createSymbolicLink(root.resolve("absolute"), directory.resolve("secret"));
        Files.createSymbolicLink(root.resolve("relative"), Path.of("../nothing-there"));
        Files.createSymbolicLink(root.resolve("parent"), directory);
        Files.createSymbolicLink(root.resolve("round"), Path.of("round"));

        assertThat(read("absolute")).isEqualTo("ENOENT");
        assertThat(read("relative")).isEqualTo("ENOENT");
        assertThat(read("parent/secret")).isEqualTo("ENOENT");
        assertThat(read("round")).isEqualTo("ELOOP");
    }

    @Test
    void aLinkSaysWhatItSays() throws IOException {
        Files.createSymbolicLink(root.resolve("link"), Path.of("/some//where/../else"));
        UserBuffer buffer = scope.allocate(64, 8);

        long size = call(Syscall.READLINK, string("link"), buffer.address(), 64);

        assertThat(new String(buffer.segment().asSlice(0, size).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8))
                .isEqualTo(Files.readSymbolicLink(root.resolve("link")).toString());
        assertThat(errno(call(Syscall.READLINK, string("secret"), buffer.address(), 64)))
                .isEqualTo(Errno.EINVAL);
    }

    private Set<String> names(String path) {
        long fd = open(path, O_DIRECTORY);
        UserBuffer buffer = scope.allocate(100, 8);
        Set<String> names = new TreeSet<>();
        while (true) {
            long size = call(Syscall.GETDENTS64, fd, buffer.address(), 100);
            if (size <= 0) {
                assertThat(size).isZero();
                call(Syscall.CLOSE, fd);
                return names;
            }
            for (long at = 0; at < size; at += buffer.segment().get(ValueLayout.JAVA_SHORT_UNALIGNED, at + 16)) {
                assertThat(names.add(name(buffer, at + 19))).isTrue();
            }
        }
    }

    private static String name(UserBuffer buffer, long at) {
        StringBuilder name = new StringBuilder();
        for (long i = at; buffer.segment().get(ValueLayout.JAVA_BYTE, i) != 0; i++) {
            name.append((char) (buffer.segment().get(ValueLayout.JAVA_BYTE, i) & 0xff));
        }
        return name.toString();
    }

    @Test
    void aListingHasEveryNameOnceAndTheEmulatedKernelsDirectories() throws IOException {
        for (int i = 0; i < 40; i++) {
            Files.createFile(root.resolve("file-" + i));
        }
        Files.createDirectory(root.resolve("tmp"));
        Files.createFile(root.resolve("tmp/hidden"));

        Set<String> expected = new TreeSet<>(List.of(".", "..", "dev", "etc", "proc", "secret", "tmp"));
        for (int i = 0; i < 40; i++) {
            expected.add("file-" + i);
        }
        assertThat(names("/")).isEqualTo(expected);
        assertThat(names("/tmp")).containsExactly(".", "..");
        assertThat(read("/proc/version")).startsWith("Linux version");
        assertThat(open("/tmp/new", O_WRONLY | O_CREAT)).isNotNegative();
    }

    @Test
    void namesAreBytes() throws IOException {
        Path strange =
                root.resolve(Path.of(URI.create("file:///%C3%A9%FF%0A%25")).getFileName());
        Files.writeString(strange, INSIDE);
        String name = "\u00c3\u00a9\u00ff\n%";

        assertThat(names("/")).contains(name);
        assertThat(read(name)).isEqualTo(INSIDE);
    }

    @Test
    void nothingCanBeChanged() throws IOException {
        Files.setPosixFilePermissions(root.resolve("secret"), PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwxrwx"));
        long file = string("/secret");
        long fresh = string("/fresh");
        List<Long> results = new ArrayList<>(List.of(
                open("/secret", O_WRONLY),
                open("/secret", 2),
                open("/secret", O_TRUNC),
                open("/fresh", O_WRONLY | O_CREAT),
                call(Syscall.MKDIR, fresh, 0755),
                call(Syscall.MKNOD, fresh, 0010644, 0),
                call(Syscall.SYMLINK, file, fresh),
                call(Syscall.LINK, file, fresh),
                call(Syscall.UNLINK, file),
                call(Syscall.UNLINK, fresh),
                call(Syscall.RMDIR, string("/etc/deep")),
                call(Syscall.RENAME, file, fresh),
                call(Syscall.CHMOD, file, 0600),
                call(Syscall.CHOWN, file, 1000, 1000),
                call(Syscall.TRUNCATE, file, 0),
                call(Syscall.UTIMENSAT, AT_FDCWD, file, 0, 0),
                call(Syscall.SETXATTR, file, string("user.x"), file, 1, 0),
                call(Syscall.ACCESS, file, 2)));

        assertThat(results).allSatisfy(result -> assertThat(errno(result)).isEqualTo(Errno.EROFS));
        assertThat(errno(call(Syscall.MKDIR, file, 0755))).isEqualTo(Errno.EEXIST);
        assertThat(open("/secret", O_CREAT)).isNotNegative();
        assertThat(Files.readString(root.resolve("secret"))).isEqualTo(INSIDE);
        assertThat(Files.exists(root.resolve("fresh"))).isFalse();
    }

    @Test
    void aFileThatTheProgramMayNotReadIsRefusedByTheEmulatedKernel() throws IOException {
        Files.setPosixFilePermissions(root.resolve("secret"), PosixFilePermissions.fromString("-wx------"));

        assertThat(read("/secret")).isEqualTo("EACCES");
    }

    @Test
    void socketsAndPipesAreShownAndNotOpened() throws IOException, InterruptedException {
        Path pipe = root.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "needs mkfifo");
        Files.setPosixFilePermissions(pipe, PosixFilePermissions.fromString("rw-rw-rw-"));
        Path socket = root.resolve("socket");
        UserBuffer stat = scope.allocate(144, 8);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));

            assertThat(call(Syscall.STAT, string("socket"), stat.address())).isZero();
            assertThat(stat.segment().get(ValueLayout.JAVA_INT, MODE_OFFSET)).isEqualTo(0140666);
            assertThat(errno(open("socket", 0))).isEqualTo(Errno.ENXIO);
        }
        assertThat(call(Syscall.STAT, string("pipe"), stat.address())).isZero();
        assertThat(stat.segment().get(ValueLayout.JAVA_INT, MODE_OFFSET)).isEqualTo(0010666);
        // A pipe of the emulated kernel's own, which nobody reads.
        assertThat(errno(open("pipe", O_WRONLY | O_NONBLOCK))).isEqualTo(Errno.ENXIO);
    }

    @Test
    void devicesAreShownAndNotOpened() throws IOException {
        Path devices = Path.of("/dev");
        assumeTrue(Files.exists(devices.resolve("null")), "needs /dev/null");
        try (HostDirectory dev = HostDirectory.open(devices);
                EmulatedMachine other = new EmulatedMachine(
                        MachineSetup.of(KernelGeneration.MODERN, Vendor.AMD).over(dev));
                UserMemory.Scope memory = other.memory(Abi.X86_64).open()) {
            SyscallEntry calls = EmulatedGates.open(Gate.EMULATED_SYSCALL, other);
            UserBuffer name = memory.allocate(16, 8);
            name.segment().setString(0, "/null");
            UserBuffer stat = memory.allocate(144, 8);
            long at = name.address();

            assertThat(calls.enter(Syscall.STAT.number(Abi.X86_64), at, stat.address(), 0, 0, 0, 0))
                    .isZero();
            assertThat(stat.segment().get(ValueLayout.JAVA_INT, MODE_OFFSET)).isEqualTo(0020666);
            assertThat(stat.segment().get(ValueLayout.JAVA_LONG_UNALIGNED, 40)).isEqualTo(0x103);
            assertThat(errno(calls.enter(Syscall.OPEN.number(Abi.X86_64), at, 0, 0, 0, 0, 0)))
                    .isEqualTo(Errno.EACCES);
        }
    }

    @Test
    void whatChangesIsSeenWhenItIsNextOpened() throws IOException {
        long old = open("secret", 0);
        assertThat(read("secret")).isEqualTo(INSIDE);
        Files.writeString(root.resolve("fresh"), "new");
        Files.move(root.resolve("fresh"), root.resolve("secret"), StandardCopyOption.REPLACE_EXISTING);
        UserBuffer buffer = scope.allocate(64, 8);

        assertThat(read("secret")).isEqualTo("new");
        assertThat(call(Syscall.READ, old, buffer.address(), 64)).isEqualTo(INSIDE.length());
        Files.delete(root.resolve("secret"));
        assertThat(read("secret")).isEqualTo("ENOENT");
    }

    /** Somebody swaps a directory for a link to the one outside, again and again, while the program looks into it. */
    @Test
    void aLinkThatIsSwappedInNeverLeadsOut() throws Exception {
        Path swapped = Files.createDirectory(root.resolve("swapped"));
        Files.writeString(swapped.resolve("secret"), INSIDE);
        Path aside = root.resolve("aside");
        Path link = Files.createSymbolicLink(root.resolve("link"), directory);
        AtomicBoolean over = new AtomicBoolean();
        Thread swapper = Thread.ofPlatform().start(() -> {
            try {
                while (!over.get()) {
                    Files.move(swapped, aside);
                    Files.move(link, swapped);
                    Files.move(swapped, link);
                    Files.move(aside, swapped);
                }
            } catch (IOException unexpected) {
                over.set(true);
            }
        });
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < 3000; i++) {
            seen.add(read("swapped/secret"));
        }
        boolean swappedToTheEnd = !over.get();
        over.set(true);
        swapper.join();

        assertThat(swappedToTheEnd).isTrue();
        assertThat(seen).contains(INSIDE).doesNotContain(OUTSIDE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a\0"})
    void whatIsNoNameIsRefused(String name) {
        assertThatThrownBy(() -> tree.status(List.of(name))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsNotThereIsToldByItsErrorNumber() throws IOException {
        Files.createSymbolicLink(root.resolve("link"), Path.of("etc"));

        assertThatThrownBy(() -> tree.status(List.of("nothing")))
                .isInstanceOfSatisfying(
                        HostFileException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
        assertThatThrownBy(() -> tree.status(List.of("secret", "below")))
                .isInstanceOfSatisfying(
                        HostFileException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOTDIR));
        assertThatThrownBy(() -> tree.names(List.of("link")))
                .isInstanceOfSatisfying(
                        HostFileException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOTDIR));
        assertThatThrownBy(() -> tree.target(List.of("secret")))
                .isInstanceOfSatisfying(
                        HostFileException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL));
    }
}
