package dev.trapgate.host.vdso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SymbolHashTest {

    private static final byte[] NAME = "printf".getBytes(StandardCharsets.US_ASCII);

    private static ElfMemory table(int... words) {
        return new ElfMemory(MemorySegment.ofArray(words), ElfClass.ELF64, 0);
    }

    /** Values of the gABI's and of glibc's own functions. */
    @Test
    void hashesAsTheLinkerDoes() {
        assertThat(SysvHash.hash(NAME)).isEqualTo(0x077905a6);
        assertThat(SysvHash.hash("LINUX_2.6".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(0x3ae75f6);
        assertThat(GnuHash.hash(NAME)).isEqualTo(0x156b2bb8);
        assertThat(GnuHash.hash(new byte[0])).isEqualTo(5381);
    }

    @Test
    @Timeout(10)
    void refusesASysvChainThatRunsInACircle() {
        SysvHash circle = new SysvHash(table(1, 3, 1, 0, 2, 1), 0);

        assertThatThrownBy(() -> circle.find(NAME, symbol -> false))
                .isInstanceOf(MalformedElfException.class)
                .hasMessageContaining("does not end");
    }

    @Test
    void refusesASysvChainThatLeavesTheTable() {
        SysvHash stray = new SysvHash(table(1, 2, 7, 0, 0), 0);

        assertThatThrownBy(() -> stray.find(NAME, symbol -> false)).isInstanceOf(MalformedElfException.class);
    }

    @Test
    void refusesSysvTablesOfAbsurdSize() {
        assertThatThrownBy(() -> new SysvHash(table(0, 1, 0), 0)).isInstanceOf(MalformedElfException.class);
        assertThatThrownBy(() -> new SysvHash(table(-1, -1, 0, 0), 0)).isInstanceOf(MalformedElfException.class);
    }

    @Test
    void refusesAGnuChainWithoutAnEnd() {
        GnuHash endless = new GnuHash(table(1, 1, 1, 0, -1, -1, 1, 2, 2, 2), 0);

        assertThatThrownBy(() -> endless.find(NAME, symbol -> false)).isInstanceOf(MalformedElfException.class);
        assertThatThrownBy(endless::symbolCount).isInstanceOf(MalformedElfException.class);
    }

    @Test
    void refusesAGnuBucketBeforeTheFirstSymbol() {
        GnuHash early = new GnuHash(table(1, 5, 1, 0, -1, -1, 1, 1, 1), 0);

        assertThatThrownBy(() -> early.find(NAME, symbol -> true))
                .isInstanceOf(MalformedElfException.class)
                .hasMessageContaining("starts at symbol 1, before the first, 5");
    }

    @Test
    void refusesGnuTablesOfAbsurdSize() {
        assertThatThrownBy(() -> new GnuHash(table(0, 1, 1, 0, -1, -1), 0)).isInstanceOf(MalformedElfException.class);
        assertThatThrownBy(() -> new GnuHash(table(1, 1, 3, 0, 0, 0, 0, 0, 0, 0, 0), 0))
                .isInstanceOf(MalformedElfException.class);
        assertThatThrownBy(() -> new GnuHash(table(1, 1, 1, 32, -1, -1, 0), 0))
                .isInstanceOf(MalformedElfException.class);
        assertThatThrownBy(() -> new GnuHash(table(-1, 1, 1, 0, -1, -1, 0), 0))
                .isInstanceOf(MalformedElfException.class);
        assertThatThrownBy(() -> new GnuHash(table(1, 1, 1 << 31, 0, -1, -1, 0), 0))
                .isInstanceOf(MalformedElfException.class);
    }

    @Test
    void doesNotWalkWhereTheFilterSaysNo() {
        GnuHash filtered = new GnuHash(table(1, 1, 1, 0, 0, 0, 1, 1), 0);

        assertThat(filtered.find(NAME, symbol -> true)).isEmpty();
    }
}
