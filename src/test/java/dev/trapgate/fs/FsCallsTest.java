package dev.trapgate.fs;

import static dev.trapgate.fs.OpenFlags.O_CREAT;
import static dev.trapgate.fs.OpenFlags.O_DIRECTORY;
import static dev.trapgate.fs.OpenFlags.O_EXCL;
import static dev.trapgate.fs.OpenFlags.O_RDONLY;
import static dev.trapgate.fs.OpenFlags.O_RDWR;
import static dev.trapgate.fs.OpenFlags.O_TMPFILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Mode;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import java.time.Instant;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FsCallsTest {

    private static void assertFails(Errno errno, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SyscallException.class, failure -> assertThat(failure.errno())
                .contains(errno));
    }

    private static void make(TestLinux test, String name) {
        test.linux()
                .fs()
                .open(test.path(name), O_RDWR.or(O_CREAT), Mode.RW_______)
                .close();
    }

    @ParameterizedTest
    @EnumSource
    void aMissingFileIsNamedInTheMessage(TestKernel kernel) {
        try (TestLinux test = kernel.open()) {
            assertThatThrownBy(() -> test.linux().fs().open(test.path("missing"), O_RDONLY))
                    .isInstanceOf(SyscallException.class)
                    .hasMessageStartingWith("openat(AT_FDCWD, \"" + test.path("missing") + "\", O_RDONLY")
                    .hasMessageEndingWith(": ENOENT (2), No such file or directory");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theHintNamesTheDirectoryThatIsMissingOnTheWay(TestKernel kernel) {
        try (TestLinux test = kernel.open()) {
            assertThatThrownBy(() -> test.linux().fs().mkdir(test.path("a/b/c"), Mode.RWX______))
                    .hasMessageEndingWith(
                            "it is \"" + test.path("a") + "\" on the way that answers No such file or directory");
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesComeAndGo(TestKernel kernel) {
        try (TestLinux test = kernel.open()) {
            FsCalls<String> fs = test.linux().fs();
            make(test, "one");
            test.linux().link().link(test.path("one"), test.path("two"));
            test.linux().link().symlink("one", test.path("link"));
            fs.mkdir(test.path("directory"), Mode.RWXR_XR_X);

            assertThat(fs.list(test.directory()))
                    .extracting(DirectoryEntry::name, DirectoryEntry::type)
                    .containsExactlyInAnyOrder(
                            tuple("one", DirectoryEntry.Type.REGULAR_FILE),
                            tuple("two", DirectoryEntry.Type.REGULAR_FILE),
                            tuple("link", DirectoryEntry.Type.SYMBOLIC_LINK),
                            tuple("directory", DirectoryEntry.Type.DIRECTORY));
            assertThat(test.linux().link().readlink(test.path("link"))).isEqualTo("one");
            assertThat(fs.statx(test.path("two")).nlink()).isEqualTo(2);

            fs.rename(test.path("two"), test.path("three"));
            assertFails(
                    Errno.EEXIST,
                    () -> fs.renameat2(test.path("one"), test.path("three"), RenameFlags.RENAME_NOREPLACE));
            fs.unlink(test.path("one"));
            assertThat(fs.access(test.path("link"), AccessMode.F_OK))
                    .as("it dangles")
                    .isFalse();
            assertThat(fs.access(test.path("three"), AccessMode.R_OK)).isTrue();
            assertFails(Errno.EISDIR, () -> fs.unlink(test.path("directory")));
            fs.rmdir(test.path("directory"));
            assertThat(fs.list(test.directory()))
                    .extracting(DirectoryEntry::name)
                    .containsExactlyInAnyOrder("link", "three");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLargeDirectoryIsListedWhole(TestKernel kernel) {
        try (TestLinux test = kernel.open()) {
            IntStream.range(0, 2000).forEach(number -> make(test, "a-file-with-a-long-name-" + number));

            assertThat(test.linux().fs().list(test.directory()))
                    .extracting(DirectoryEntry::name)
                    .doesNotHaveDuplicates()
                    .hasSize(2000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSetIsWhatStatxTells(TestKernel kernel) {
        Instant then = Instant.ofEpochSecond(1_234_567_890, 123_456_789);
        try (TestLinux test = kernel.open();
                UserMemory.Scope scope = test.linux().memory().open()) {
            FsCalls<String> fs = test.linux().fs();
            make(test, "file");
            test.linux().inode().chmod(test.path("file"), Mode.of(0640));
            test.linux().inode().truncate(test.path("file"), 5L << 30);
            test.linux().inode().utimensat(test.path("file"), then, then.plusSeconds(1), AtFlags.NONE);

            Statx copy = fs.statx(test.path("file"));
            Statx view = Statx.in(scope);
            fs.statx(test.path("file"), AtFlags.NONE, StatxMask.STATX_BASIC_STATS, view);

            for (Statx statx : new Statx[] {copy, view}) {
                assertThat(statx.mask().has(StatxMask.STATX_BASIC_STATS)).isTrue();
                assertThat(statx.mode()).hasToString("S_IFREG|0640");
                assertThat(statx.mode().isRegularFile()).isTrue();
                assertThat(statx.size()).isEqualTo(5L << 30);
                assertThat(statx.atime()).isEqualTo(then);
                assertThat(statx.mtime()).isEqualTo(then.plusSeconds(1));
                assertThat(statx.uid()).isEqualTo(test.linux().process().geteuid());
                assertThat(statx.nlink()).isEqualTo(1);
            }
            assertThat(fs.statx(test.directory()).mode().isDirectory()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCopyOnTheHeapCannotBeFilledByTheKernel(TestKernel kernel) {
        try (TestLinux test = kernel.open()) {
            FsCalls<String> fs = test.linux().fs();
            Statx heap = fs.statx(test.directory());
            assertThatThrownBy(() -> fs.statx(test.directory(), AtFlags.NONE, StatxMask.STATX_BASIC_STATS, heap))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("allocated from this Linux's memory()");
        }
    }

    @ParameterizedTest
    @EnumSource
    void openat2KeepsAPathBelowItsDirectory(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.OPENAT2)) {
            FsCalls<String> fs = test.linux().fs();
            make(test, "file");
            try (FileDescriptor directory = fs.open(test.directory(), O_RDONLY.or(O_DIRECTORY))) {
                fs.openat2(directory, "file", O_RDONLY, Mode.NONE, ResolveFlags.RESOLVE_BENEATH)
                        .close();
                fs.openat(directory, "file", O_RDONLY, Mode.NONE).close();
                assertFails(
                        Errno.EXDEV,
                        () -> fs.openat2(directory, "../..", O_RDONLY, Mode.NONE, ResolveFlags.RESOLVE_BENEATH));
                fs.unlinkat(directory, "file", AtFlags.NONE);
                fs.mkdirat(directory, "sub", Mode.RWX______);
                assertThat(fs.statxat(directory, "sub", AtFlags.NONE, StatxMask.STATX_BASIC_STATS)
                                .mode()
                                .isDirectory())
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = "HOST.*", mode = EnumSource.Mode.MATCH_ANY)
    void anUnnamedFileIsGivenAName(TestKernel kernel) {
        try (TestLinux test = kernel.open()) {
            FsCalls<String> fs = test.linux().fs();
            try (FileDescriptor file = fs.open(test.directory(), O_RDWR.or(O_TMPFILE), Mode.RW_______)) {
                assertThat(fs.list(test.directory())).isEmpty();
                test.linux().link().link(file, test.path("named"));
            }
            assertThat(fs.statx(test.path("named")).nlink()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anExclusiveFileIsMadeOnce(TestKernel kernel) {
        try (TestLinux test = kernel.open()) {
            OpenFlags flags = O_RDWR.or(O_CREAT).or(O_EXCL);
            test.linux().fs().open(test.path("x"), flags, Mode.RW_______).close();
            assertFails(Errno.EEXIST, () -> test.linux().fs().open(test.path("x"), flags, Mode.RW_______));
        }
    }

    @ParameterizedTest
    @EnumSource
    void pathsAreUtf8AndEndAtNoNul(TestKernel kernel) {
        try (TestLinux test = kernel.open()) {
            make(test, "größe-文件-🐧");
            assertThat(test.linux().fs().list(test.directory()))
                    .extracting(DirectoryEntry::name)
                    .containsExactly("größe-文件-🐧");
            assertThatThrownBy(() -> test.linux().fs().unlink("a\0b"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("NUL at index 1");
            assertFails(Errno.ENAMETOOLONG, () -> test.linux().fs().unlink("x".repeat(100_000)));
        }
    }
}
