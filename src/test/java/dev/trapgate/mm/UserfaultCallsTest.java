package dev.trapgate.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.trapgate.Linux;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import dev.trapgate.pipe.Pipe;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On the host only: an emulated program's memory is not Java's. Pages are touched by write(2), from native code. */
@Timeout(60)
class UserfaultCallsTest {

    private static final long PAGE = 4096;
    private static final Protection READ_WRITE = Protection.PROT_READ.or(Protection.PROT_WRITE);

    private static FileDescriptor userfault(Linux linux) {
        try {
            return linux.userfault().userfaultfd(UserfaultFlags.O_CLOEXEC);
        } catch (SyscallException refused) {
            abort("this user may have no userfaultfd: " + refused.getMessage());
            throw refused;
        }
    }

    @ParameterizedTest
    @EnumSource(names = "HOST.*", mode = EnumSource.Mode.MATCH_ANY)
    void whoTouchesAPageWaitsUntilItIsFilled(TestKernel kernel) throws Exception {
        try (TestLinux test = kernel.open();
                Arena arena = Arena.ofShared();
                Pipe pipe = test.linux().pipe().pipe();
                FileDescriptor userfault = userfault(test.linux())) {
            UserfaultCalls calls = test.linux().userfault();
            MemorySegment memory = test.linux().mm().mmap(arena, 2 * PAGE, READ_WRITE, MapFlags.MAP_PRIVATE);
            MemorySegment content = test.linux().mm().mmap(arena, PAGE, READ_WRITE, MapFlags.MAP_PRIVATE);
            content.fill((byte) 7);
            calls.register(userfault, memory);
            CompletableFuture<Integer> thread = new CompletableFuture<>();
            CompletableFuture<Long> written = new CompletableFuture<>();
            Thread.ofPlatform().daemon().start(() -> {
                thread.complete(test.linux().thread().gettid().value());
                written.complete(test.linux().io().write(pipe.writer(), memory.asSlice(0, 1)));
            });

            Fault fault = calls.read(userfault).orElseThrow();
            assertThat(fault.address()).isEqualTo(memory.address());
            assertThat(fault.isWrite()).isFalse();
            assertThat(fault.thread()).isEqualTo(thread.get(30, TimeUnit.SECONDS));
            assertThat(written).isNotDone();
            assertThat(calls.copy(userfault, memory.asSlice(0, PAGE), content)).isEqualTo(PAGE);

            assertThat(written.get(30, TimeUnit.SECONDS)).isEqualTo(1);
            byte[] one = new byte[1];
            test.linux().io().read(pipe.reader(), one);
            assertThat(one[0]).isEqualTo((byte) 7);
            assertThat(calls.zeropage(userfault, memory.asSlice(PAGE, PAGE))).isEqualTo(PAGE);
            assertThat(memory.get(ValueLayout.JAVA_BYTE, PAGE)).isZero();
            assertThatThrownBy(() -> calls.zeropage(userfault, memory.asSlice(PAGE, PAGE)))
                    .isInstanceOf(SyscallException.class)
                    .hasMessageContaining("EEXIST");
            calls.wake(userfault, memory);
            calls.unregister(userfault, memory);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "EMULATED.*", mode = EnumSource.Mode.MATCH_ANY)
    void anEmulatedProgramsMemoryIsOutOfReach(TestKernel kernel) {
        try (TestLinux test = kernel.open()) {
            assertThatThrownBy(() -> test.linux().userfault().userfaultfd(UserfaultFlags.NONE))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }
}
