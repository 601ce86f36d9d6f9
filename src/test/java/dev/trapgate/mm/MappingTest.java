package dev.trapgate.mm;

import static dev.trapgate.fs.OpenFlags.O_CREAT;
import static dev.trapgate.fs.OpenFlags.O_RDWR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Mode;
import dev.trapgate.kernel.Pid;
import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MappingTest {

    private static final long PAGE = 4096;
    private static final Protection READ_WRITE = Protection.PROT_READ.or(Protection.PROT_WRITE);

    @ParameterizedTest
    @EnumSource(names = "HOST.*", mode = EnumSource.Mode.MATCH_ANY)
    void memoryGrowsAndKeepsItsContent(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                Mapping mapping = test.linux().mm().map(PAGE, READ_WRITE, MapFlags.MAP_PRIVATE)) {
            MemorySegment before = mapping.memory();
            before.set(ValueLayout.JAVA_BYTE, 5, (byte) 9);

            MemorySegment after = mapping.resize(1000 * PAGE);

            assertThat(after.byteSize()).isEqualTo(1000 * PAGE);
            assertThat(after.get(ValueLayout.JAVA_BYTE, 5)).isEqualTo((byte) 9);
            after.set(ValueLayout.JAVA_BYTE, 999 * PAGE, (byte) 1);
            assertThat(mapping.memory()).isEqualTo(after);
            assertThatThrownBy(() -> before.get(ValueLayout.JAVA_BYTE, 5))
                    .as("the old segment is over")
                    .isInstanceOf(IllegalStateException.class);
            Runnable close = mapping::close;
            close.run();
            close.run();
            assertThatThrownBy(mapping::memory).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> mapping.resize(PAGE)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> after.get(ValueLayout.JAVA_BYTE, 5)).isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "HOST.*", mode = EnumSource.Mode.MATCH_ANY)
    void aFilesMappingGrowsWithTheFile(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                FileDescriptor file = test.linux().fs().open(test.path("file"), O_RDWR.or(O_CREAT), Mode.RW_______)) {
            test.linux().file().ftruncate(file, PAGE);
            try (Mapping mapping = test.linux().mm().map(file, 0, PAGE, READ_WRITE, MapFlags.MAP_SHARED)) {
                test.linux().file().ftruncate(file, 2 * PAGE);
                mapping.resize(2 * PAGE).set(ValueLayout.JAVA_BYTE, PAGE, (byte) 3);
            }
            byte[] one = new byte[1];
            test.linux().io().pread(file, one, PAGE);
            assertThat(one[0]).isEqualTo((byte) 3);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "HOST.*", mode = EnumSource.Mode.MATCH_ANY)
    void aMappingBelongsToItsThread(TestKernel kernel) throws Exception {
        try (TestLinux test = kernel.open();
                Mapping mapping = test.linux().mm().map(PAGE, READ_WRITE, MapFlags.MAP_PRIVATE)) {
            for (Runnable use : List.<Runnable>of(() -> mapping.resize(2 * PAGE), mapping::close)) {
                CompletableFuture<Throwable> thrown = new CompletableFuture<>();
                Thread.ofPlatform().start(() -> {
                    try {
                        use.run();
                        thrown.complete(new AssertionError("it was done"));
                    } catch (RuntimeException expected) {
                        thrown.complete(expected);
                    }
                });
                assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(WrongThreadException.class);
            }
            assertThat(mapping.memory().get(ValueLayout.JAVA_BYTE, 0)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "HOST")
    void anotherProcessIsAdvised(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                FileDescriptor self = test.linux().process().pidfdOpen(Pid.of(ProcessHandle.current()));
                Mapping mapping = test.linux().mm().map(4 * PAGE, READ_WRITE, MapFlags.MAP_PRIVATE)) {
            mapping.memory().fill((byte) 1);
            long address = mapping.memory().address();

            assertThat(test.linux()
                            .mm()
                            .processMadvise(
                                    self,
                                    List.of(
                                            new AddressRange(address, PAGE),
                                            new AddressRange(address + 2 * PAGE, 2 * PAGE)),
                                    MemoryAdvice.MADV_COLD))
                    .isEqualTo(3 * PAGE);
            assertThatThrownBy(() -> new AddressRange(0, -1)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
