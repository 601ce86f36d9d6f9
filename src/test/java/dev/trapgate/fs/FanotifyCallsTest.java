package dev.trapgate.fs;

import static dev.trapgate.fs.OpenFlags.O_CREAT;
import static dev.trapgate.fs.OpenFlags.O_RDONLY;
import static dev.trapgate.fs.OpenFlags.O_RDWR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.trapgate.Linux;
import dev.trapgate.abi.Errno;
import dev.trapgate.fs.FanotifyCalls.Answer;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Mode;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On the host only: the emulated kernel has no fanotify. Marks are on files of the test's own, so that nobody else waits. */
@Timeout(60)
class FanotifyCallsTest {

    private static FileDescriptor group(Linux linux, FanotifyFlags flags) {
        try {
            return linux.fanotify()
                    .init(
                            flags.or(FanotifyFlags.FAN_CLOEXEC).or(FanotifyFlags.FAN_NONBLOCK),
                            O_RDONLY.or(OpenFlags.O_CLOEXEC));
        } catch (SyscallException refused) {
            abort("this user may have no group: " + refused.getMessage());
            throw refused;
        }
    }

    private static String newFile(TestLinux test) {
        test.linux()
                .fs()
                .open(test.path("file"), O_RDWR.or(O_CREAT), Mode.RW_______)
                .close();
        return test.path("file");
    }

    @ParameterizedTest
    @EnumSource(names = "HOST.*", mode = EnumSource.Mode.MATCH_ANY)
    void whatHappensToAMarkedFileIsToldWithADescriptorOfIt(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                FileDescriptor group = group(test.linux(), FanotifyFlags.NONE)) {
            FanotifyCalls<String> fanotify = test.linux().fanotify();
            String file = newFile(test);
            FanotifyMask mask = FanotifyMask.FAN_OPEN.or(FanotifyMask.FAN_CLOSE_WRITE);
            fanotify.mark(group, FanotifyMarkFlags.NONE, mask, file);

            test.linux().fs().open(file, O_RDWR).close();
            List<FanotifyEvent> events = fanotify.read(group);

            assertThat(events).singleElement().satisfies(event -> {
                assertThat(event.mask()).isEqualTo(mask);
                assertThat(event.process()).isEqualTo(test.linux().process().getpid());
                assertThat(event.asksPermission()).isFalse();
                assertThat(test.linux()
                                .inode()
                                .fstat(event.file().orElseThrow())
                                .ino())
                        .isEqualTo(test.linux().inode().stat(file).ino());
                assertThatThrownBy(() -> fanotify.answer(group, event, Answer.FAN_ALLOW))
                        .isInstanceOf(IllegalArgumentException.class);
            });
            events.forEach(FanotifyEvent::close);
            fanotify.unmark(group, FanotifyMarkFlags.NONE, mask, file);
            test.linux().fs().open(file, O_RDWR).close();
            assertThatThrownBy(() -> fanotify.read(group))
                    .isInstanceOfSatisfying(SyscallException.class, failure -> assertThat(failure.is(Errno.EAGAIN))
                            .isTrue());
        }
    }

    @ParameterizedTest
    @EnumSource(names = "HOST.*", mode = EnumSource.Mode.MATCH_ANY)
    void whoOpensAFileWaitsForTheAnswer(TestKernel kernel) throws Exception {
        try (TestLinux test = kernel.open();
                FileDescriptor group = group(test.linux(), FanotifyFlags.FAN_CLASS_CONTENT)) {
            String file = newFile(test);
            mark(test.linux(), group, file);

            assertThat(openUnder(test.linux(), group, file, Answer.FAN_ALLOW)).isEqualTo("opened");
            assertThat(openUnder(test.linux(), group, file, Answer.FAN_DENY)).isEqualTo("EPERM");
        }
    }

    private static void mark(Linux linux, FileDescriptor group, String file) {
        try {
            linux.fanotify().mark(group, FanotifyMarkFlags.NONE, FanotifyMask.FAN_OPEN_PERM, file);
        } catch (SyscallException refused) {
            abort("this kernel asks no permission: " + refused.getMessage());
        }
    }

    private static String openUnder(Linux linux, FileDescriptor group, String file, Answer answer) throws Exception {
        CompletableFuture<String> opened = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> opened.complete(open(linux, file)));
        while (!opened.isDone()) {
            answerAll(linux, group, answer);
        }
        return opened.get(30, TimeUnit.SECONDS);
    }

    private static String open(Linux linux, String file) {
        try {
            linux.fs().open(file, O_RDONLY).close();
            return "opened";
        } catch (SyscallException failure) {
            return failure.errno().orElseThrow().name();
        }
    }

    private static void answerAll(Linux linux, FileDescriptor group, Answer answer) {
        try {
            for (FanotifyEvent event : linux.fanotify().read(group)) {
                linux.fanotify().answer(group, event, answer);
                event.close();
            }
        } catch (SyscallException failure) {
            assertThat(failure.errno()).contains(Errno.EAGAIN);
        }
    }
}
