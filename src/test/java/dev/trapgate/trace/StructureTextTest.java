package dev.trapgate.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Structure;
import dev.trapgate.abi.Structures;
import dev.trapgate.trace.StructureText.FieldValue;
import org.junit.jupiter.api.Test;

class StructureTextTest {

    private final StructureText text = new StructureText(32);

    @Test
    void listsTheFieldsOfInnerStructuresBehindADot() {
        Structure structure = Structures.named("itimerspec", Abi.X86_64).orElseThrow();
        byte[] bytes = integers(8, 1, 2, 3, 4);

        assertThat(text.listed(structure, bytes))
                .containsExactly(
                        new FieldValue("it_interval.tv_sec", "1"),
                        new FieldValue("it_interval.tv_nsec", "2"),
                        new FieldValue("it_value.tv_sec", "3"),
                        new FieldValue("it_value.tv_nsec", "4"));
        assertThat(text.braced(structure, bytes))
                .isEqualTo("{it_interval={tv_sec=1, tv_nsec=2}, it_value={tv_sec=3, tv_nsec=4}}");
    }

    @Test
    void leavesOutWhatWasNotRead() {
        Structure structure = Structures.named("timespec", Abi.X86_64).orElseThrow();

        assertThat(text.braced(structure, integers(8, 1))).isEqualTo("{tv_sec=1, ...}");
    }

    @Test
    void namesTheConstantsThatAFieldIsMadeOf() {
        Structure structure = Structures.named("pollfd", Abi.X86_64).orElseThrow();
        byte[] bytes = {3, 0, 0, 0, 5, 0, 0, 0};

        assertThat(text.braced(structure, bytes)).isEqualTo("{fd=3, events=POLLIN|POLLOUT, revents=0}");
    }

    @Test
    void writesTextUpToItsNul() {
        Structure structure = Structures.named("new_utsname", Abi.X86_64).orElseThrow();
        byte[] bytes = new byte[(int) structure.size()];
        bytes[0] = 'L';
        bytes[1] = 'x';
        bytes[3] = '!';

        assertThat(text.listed(structure, bytes)).startsWith(new FieldValue("sysname", "\"Lx\""));
    }

    private static byte[] integers(int byteSize, long... values) {
        TestMemory memory = new TestMemory();
        return memory.read(memory.integers(byteSize, values), byteSize * values.length);
    }
}
