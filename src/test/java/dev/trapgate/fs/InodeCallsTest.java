package dev.trapgate.fs;

import static dev.trapgate.fs.OpenFlags.O_CREAT;
import static dev.trapgate.fs.OpenFlags.O_RDWR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.abi.Abi;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Mode;
import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InodeCallsTest {

    private static FileDescriptor newFile(TestLinux test) {
        return test.linux().fs().open(test.path("file"), O_RDWR.or(O_CREAT), Mode.RW_______);
    }

    @ParameterizedTest
    @EnumSource
    void statAndStatxTellTheSame(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                FileDescriptor file = newFile(test);
                UserMemory.Scope scope = test.linux().memory().open()) {
            InodeCalls<String> inode = test.linux().inode();
            inode.truncate(test.path("file"), 5L << 30);
            inode.utimensat(
                    test.path("file"),
                    Instant.ofEpochSecond(1_000_000_000, 5),
                    Instant.ofEpochSecond(-7, 999_999_999),
                    AtFlags.NONE);
            Statx statx = test.linux().fs().statx(file);
            Stat view = Stat.in(scope, test.linux().kernel().abi());
            inode.fstat(file, view);

            for (Stat stat : new Stat[] {inode.stat(test.path("file")), inode.fstat(file), view}) {
                assertThat(stat.mode()).isEqualTo(statx.mode());
                assertThat(stat.size()).isEqualTo(5L << 30);
                assertThat(stat.ino()).isEqualTo(statx.ino());
                assertThat(stat.nlink()).isEqualTo(statx.nlink());
                assertThat(stat.uid()).isEqualTo(statx.uid());
                assertThat(stat.gid()).isEqualTo(statx.gid());
                assertThat(stat.blocks()).isEqualTo(statx.blocks());
                assertThat(stat.blksize()).isEqualTo(statx.blksize());
                assertThat(stat.atime()).isEqualTo(statx.atime());
                assertThat(stat.mtime()).isEqualTo(statx.mtime());
                assertThat(stat.ctime()).isEqualTo(statx.ctime());
                assertThat(stat.rdev()).isZero();
                assertThat(stat.dev() & 0xff).isEqualTo(statx.devMinor() & 0xff);
                assertThat(stat).hasToString(statx.toString().replace("Statx", "Stat"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void lstatLooksAtTheLink(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                FileDescriptor file = newFile(test)) {
            test.linux().link().symlink(test.path("file"), test.path("link"));

            assertThat(test.linux().inode().lstat(test.path("link")).mode().isSymbolicLink())
                    .isTrue();
            assertThat(test.linux().inode().stat(test.path("link")).ino())
                    .isEqualTo(test.linux().inode().fstat(file).ino());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aViewOfAnotherAbiIsNotFilled(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                UserMemory.Scope scope = test.linux().memory().open()) {
            Abi other = test.linux().kernel().abi() == Abi.I386 ? Abi.X86_64 : Abi.I386;
            Stat view = Stat.in(scope, other);

            assertThatThrownBy(() -> test.linux().inode().stat("/", view))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("laid out for " + other);
        }
    }
}
