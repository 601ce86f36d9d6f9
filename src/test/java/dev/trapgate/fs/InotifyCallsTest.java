package dev.trapgate.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Mode;
import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class InotifyCallsTest {

    @ParameterizedTest
    @EnumSource
    void whatHappensInADirectoryIsTold(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.INOTIFY_INIT1);
                FileDescriptor inotify = test.linux().inotify().init(InotifyFlags.IN_CLOEXEC)) {
            InotifyCalls<String> calls = test.linux().inotify();
            int watch = calls.addWatch(
                    inotify,
                    test.directory(),
                    InotifyMask.IN_CREATE.or(InotifyMask.IN_MOVED_FROM).or(InotifyMask.IN_MOVED_TO));
            test.linux().fs().mkdir(test.path("one"), Mode.RWX______);
            test.linux().fs().rename(test.path("one"), test.path("other"));

            List<InotifyEvent> events = calls.read(inotify);

            assertThat(events)
                    .extracting(InotifyEvent::watch, event -> event.mask().toString(), InotifyEvent::name)
                    .containsExactly(
                            tuple(watch, "IN_CREATE|IN_ISDIR", "one"),
                            tuple(watch, "IN_MOVED_FROM|IN_ISDIR", "one"),
                            tuple(watch, "IN_MOVED_TO|IN_ISDIR", "other"));
            assertThat(events.get(1).cookie()).isEqualTo(events.get(2).cookie()).isNotZero();
            calls.removeWatch(inotify, watch);
            assertThat(calls.read(inotify)).extracting(InotifyEvent::mask).containsExactly(InotifyMask.IN_IGNORED);
        }
    }
}
