package dev.trapgate.host.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.host.elf.LoadSegment.Access;
import dev.trapgate.host.stub.MachineCode;
import dev.trapgate.host.vdso.ElfClass;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Offsets of Elf64_Ehdr and Elf64_Phdr, elf(5). That it runs is MemoryExecutable's test. */
class StaticExecutableTest {

    private static final int HEADERS = 64 + 2 * 56;

    private final byte[] bytes = StaticExecutable.of(MachineCode.of("0f 0b", "c3"));
    private final ByteBuffer image = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

    @Test
    void isHeadersAndTheCode() {
        assertThat(bytes).hasSize(HEADERS + 3).startsWith(0x7f, 'E', 'L', 'F', 2, 1, 1);
        assertThat(Arrays.copyOfRange(bytes, HEADERS, bytes.length)).containsExactly(0x0f, 0x0b, 0xc3);
    }

    @Test
    void startsAtTheCode() {
        assertThat(image.getLong(24)).as("e_entry").isEqualTo(image.getLong(64 + 16));
    }

    /** Never writable: the segment may be read and executed. */
    @Test
    void isOneSegmentThatHoldsTheCode() {
        assertThat(image.getShort(56)).as("e_phnum").isEqualTo((short) 2);
        assertThat(image.getInt(64)).as("p_type").isEqualTo(1);
        assertThat(image.getInt(64 + 4)).as("p_flags").isEqualTo(5);
        assertThat(image.getLong(64 + 8)).as("p_offset").isEqualTo(HEADERS);
        assertThat(image.getLong(64 + 32)).as("p_filesz").isEqualTo(3);
        assertThat(image.getLong(64 + 40)).as("p_memsz").isEqualTo(3);
    }

    @Test
    void itsStackIsNotExecutable() {
        assertThat(image.getInt(64 + 56)).as("p_type").isEqualTo(0x6474_e551);
        assertThat(image.getInt(64 + 56 + 4)).as("p_flags").isEqualTo(6);
    }

    /** Offsets of Elf32_Ehdr and Elf32_Phdr; elf(5): p_vaddr and p_offset are congruent modulo the page size. */
    @Test
    void aProgramForI386HasNarrowHeadersAndSegmentsAtCongruentOffsets() {
        byte[] code = MachineCode.of("cd 80").toByteArray();
        byte[] file = StaticExecutable.of(
                ElfClass.ELF32,
                0x1000_0010,
                LoadSegment.of(0x1000_0010, Access.READ_EXECUTE, code),
                new LoadSegment(0x2000_0000, 0x3000, Access.READ_WRITE, new byte[] {1, 2, 3}));
        ByteBuffer narrow = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(file).startsWith(0x7f, 'E', 'L', 'F', 1, 1, 1);
        assertThat(narrow.getShort(18)).as("e_machine").isEqualTo((short) 3);
        assertThat(narrow.getInt(24)).as("e_entry").isEqualTo(0x1000_0010);
        assertThat(narrow.getShort(44)).as("e_phnum").isEqualTo((short) 3);
        int second = 52 + 32;
        int offset = narrow.getInt(second + 4);
        assertThat(offset % 4096).isZero();
        assertThat(Arrays.copyOfRange(file, offset, file.length)).containsExactly(1, 2, 3);
        assertThat(narrow.getInt(second + 8)).as("p_vaddr").isEqualTo(0x2000_0000);
        assertThat(narrow.getInt(second + 16)).as("p_filesz").isEqualTo(3);
        assertThat(narrow.getInt(second + 20)).as("p_memsz").isEqualTo(0x3000);
        assertThat(narrow.getInt(second + 24)).as("p_flags").isEqualTo(6);
    }

    @Test
    void aSegmentCannotBeSmallerThanItsContents() {
        assertThatThrownBy(() -> new LoadSegment(0, 2, Access.READ_WRITE, new byte[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 bytes");
    }
}
