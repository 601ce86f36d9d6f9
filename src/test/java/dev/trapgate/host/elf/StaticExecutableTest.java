package dev.trapgate.host.elf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.host.stub.MachineCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Offsets of Elf64_Ehdr and Elf64_Phdr, elf(5). That it runs is MemoryExecutable's test. */
class StaticExecutableTest {

    private static final int HEADERS = 64 + 56;

    private final byte[] bytes = StaticExecutable.of(MachineCode.of("0f 0b", "c3"));
    private final ByteBuffer image = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

    @Test
    void isTwoHeadersAndTheCode() {
        assertThat(bytes).hasSize(HEADERS + 3).startsWith(0x7f, 'E', 'L', 'F', 2, 1, 1);
        assertThat(Arrays.copyOfRange(bytes, HEADERS, bytes.length)).containsExactly(0x0f, 0x0b, 0xc3);
    }

    @Test
    void startsAtTheCode() {
        long entry = image.getLong(24);
        long loadAddress = image.getLong(64 + 16);

        assertThat(entry).isEqualTo(loadAddress + HEADERS);
    }

    /** Never writable: the segment may be read and executed. */
    @Test
    void isOneSegmentThatHoldsTheWholeFile() {
        assertThat(image.getShort(56)).as("e_phnum").isEqualTo((short) 1);
        assertThat(image.getInt(64)).as("p_type").isEqualTo(1);
        assertThat(image.getInt(64 + 4)).as("p_flags").isEqualTo(5);
        assertThat(image.getLong(64 + 32)).as("p_filesz").isEqualTo(bytes.length);
        assertThat(image.getLong(64 + 40)).as("p_memsz").isEqualTo(bytes.length);
    }
}
