package dev.trapgate.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.Linux;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.fs.MemfdFlags;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MmCallsTest {

    private static final long PAGE = 4096;
    private static final Protection READ_WRITE = Protection.PROT_READ.or(Protection.PROT_WRITE);

    @ParameterizedTest
    @EnumSource(names = "HOST.*", mode = EnumSource.Mode.MATCH_ANY)
    void aMappingLivesAsLongAsItsArena(TestKernel kernel) {
        try (TestLinux test = kernel.open()) {
            MmCalls mm = test.linux().mm();
            MemorySegment memory;
            long address;
            try (Arena arena = Arena.ofConfined()) {
                memory = mm.mmap(arena, 4 * PAGE, READ_WRITE, MapFlags.MAP_PRIVATE);
                address = memory.address();
                memory.set(ValueLayout.JAVA_BYTE, PAGE, (byte) 7);

                assertThat(memory.byteSize()).isEqualTo(4 * PAGE);
                assertThat(mm.mincore(memory).get(1)).isTrue();
                mm.madvise(memory, MemoryAdvice.MADV_DONTNEED);
                assertThat(memory.get(ValueLayout.JAVA_BYTE, PAGE)).isZero();
                mm.mlock(memory.asSlice(0, PAGE));
                mm.munlock(memory.asSlice(0, PAGE));
                mm.mprotect(memory, Protection.PROT_READ);
            }
            assertThatThrownBy(() -> memory.get(ValueLayout.JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> mm.madvise(memory, MemoryAdvice.MADV_NORMAL))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(Linux.host().raw(Syscall.MSYNC, address, PAGE, 1))
                    .as("it is unmapped")
                    .isEqualTo(-Errno.ENOMEM.number());
        }
    }

    @ParameterizedTest
    @EnumSource(names = "HOST.*", mode = EnumSource.Mode.MATCH_ANY)
    void aFileIsMappedFromAnOffset(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                Arena arena = Arena.ofShared();
                FileDescriptor file = test.linux().file().memfdCreate("mapped", MemfdFlags.MFD_CLOEXEC)) {
            test.linux().file().ftruncate(file, 3 * PAGE);
            MemorySegment memory = test.linux().mm().mmap(arena, file, PAGE, PAGE, READ_WRITE, MapFlags.MAP_SHARED);
            memory.set(ValueLayout.JAVA_BYTE, 5, (byte) 9);
            test.linux().mm().msync(memory, SyncFlags.MS_SYNC);

            byte[] one = new byte[1];
            test.linux().io().pread(file, one, PAGE + 5);
            assertThat(one[0]).isEqualTo((byte) 9);

            MemorySegment readOnly =
                    test.linux().mm().mmap(arena, file, 0, PAGE, Protection.PROT_READ, MapFlags.MAP_SHARED);
            assertThat(readOnly.isReadOnly()).isTrue();
            assertThatThrownBy(() -> test.linux().mm().mmap(arena, file, 1, PAGE, READ_WRITE, MapFlags.MAP_SHARED))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("multiple of 4096");
        }
    }

    @Test
    void whatAnEmulatedProgramMapsIsOutOfReach() {
        try (Linux linux = Linux.emulated();
                Arena arena = Arena.ofConfined()) {
            assertThatThrownBy(() -> linux.mm().mmap(arena, PAGE, READ_WRITE, MapFlags.MAP_PRIVATE))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("another address space");
        }
    }

    @Test
    void impossibleLengthsAreTheKernelsToRefuse() {
        try (Arena arena = Arena.ofConfined()) {
            assertThatThrownBy(() -> Linux.host().mm().mmap(arena, 0, READ_WRITE, MapFlags.MAP_PRIVATE))
                    .isInstanceOfSatisfying(SyscallException.class, failure -> assertThat(failure.errno())
                            .contains(Errno.EINVAL));
        }
    }
}
