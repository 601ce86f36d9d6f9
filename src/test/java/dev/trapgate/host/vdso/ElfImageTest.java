package dev.trapgate.host.vdso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElfImageTest {

    private static ElfImage vdso() {
        return Vdso.ofThisProcess().image();
    }

    private static byte[] vdsoBytes() {
        Vdso vdso = Vdso.ofThisProcess();
        return MemorySegment.ofAddress(vdso.loadAddress())
                .reinterpret(vdso.image().byteSize())
                .toArray(ValueLayout.JAVA_BYTE);
    }

    @Test
    void readsTheHostsVdsoFromMemoryAndFromACopyAlike() {
        ElfImage copy = ElfImage.ofFile(vdsoBytes());

        assertThat(copy.symbols()).isEqualTo(vdso().symbols()).isNotEmpty();
        assertThat(copy.versions()).isEqualTo(vdso().versions()).contains("LINUX_2.6");
        assertThat(copy.hashKinds()).isEqualTo(vdso().hashKinds());
        assertThat(copy.byteSize()).isEqualTo(vdso().byteSize());
    }

    @Test
    void findsTheHostsClockGettimeByNameAndVersionOnly() {
        assertThat(vdso().find("__vdso_clock_gettime", "LINUX_2.6")).isPresent().hasValueSatisfying(symbol -> {
            assertThat(symbol.type()).isEqualTo(ElfSymbol.Type.FUNC);
            assertThat(symbol.binding()).isEqualTo(ElfSymbol.Binding.GLOBAL);
            assertThat(symbol).hasToString("__vdso_clock_gettime@LINUX_2.6");
        });
        assertThat(vdso().find("__vdso_clock_gettime")).isPresent();
        assertThat(vdso().find("__vdso_clock_gettime", "LINUX_2.5")).isEmpty();
        assertThat(vdso().find("__vdso_clock_gettim", "LINUX_2.6")).isEmpty();
        assertThat(vdso().find("", "LINUX_2.6")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "-m64,gnu,DT_GNU_HASH", "-m64,sysv,DT_HASH", "-m64,both,DT_HASH DT_GNU_HASH",
        "-m32,gnu,DT_GNU_HASH", "-m32,sysv,DT_HASH", "-m32,both,DT_HASH DT_GNU_HASH"
    })
    void findsEverySymbolThroughEveryHashTable(String width, String style, String kinds) throws Exception {
        ElfImage image = ElfImage.ofFile(CompiledImage.with(width, "-Wl,--hash-style=" + style));

        assertThat(image.hashKinds()).map(HashKind::name).containsExactly(kinds.split(" ", -1));
        assertThat(image.elfClass()).isEqualTo(width.equals("-m32") ? ElfClass.ELF32 : ElfClass.ELF64);
        assertThat(image.machine()).isEqualTo(width.equals("-m32") ? ElfMachine.I386 : ElfMachine.X86_64);
        for (HashKind kind : image.hashKinds()) {
            for (ElfSymbol symbol : image.symbols()) {
                assertThat(image.find(kind, symbol.name())).hasValue(symbol);
            }
            assertThat(image.find(kind, "function" + CompiledImage.FUNCTIONS)).isEmpty();
        }
        assertThat(image.symbols())
                .map(ElfSymbol::name)
                .contains("function0", "function149", "data", "calls")
                .doesNotContain("elsewhere");
    }

    @Test
    void doesNotFindWhatTheImageOnlyNeeds() throws Exception {
        assertThat(ElfImage.ofFile(CompiledImage.with("-Wl,--hash-style=sysv")).find("elsewhere"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "sysv", "both"})
    void looksAtVersionsWhereThereAreAny(String style) throws Exception {
        ElfImage image = ElfImage.ofFile(CompiledImage.versionedWith("-Wl,--hash-style=" + style));

        assertThat(image.versions()).containsExactly("EVEN", "ODD");
        assertThat(image.find("function7", "ODD")).isPresent().hasValueSatisfying(symbol -> assertThat(symbol.version())
                .hasValue("ODD"));
        assertThat(image.find("function8", "EVEN")).isPresent();
        assertThat(image.find("function7", "EVEN")).isEmpty();
        assertThat(image.find("function8", "ODD")).isEmpty();
        assertThat(image.find("function8", "NONE")).isEmpty();
        assertThat(image.find("function8")).isPresent();
    }

    @Test
    void ignoresTheVersionWhereTheImageDefinesNone() throws Exception {
        ElfImage image = ElfImage.ofFile(CompiledImage.with());

        assertThat(image.versions()).isEmpty();
        assertThat(image.find("function7", "WHATEVER")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"-m64,0xffffffffff700000", "-m64,0x7fff00000000", "-m32,0xffff0000", "-m32,0xf7000000"})
    void wrapsAroundWhereAnImageIsPrelinkedHigh(String width, String address) throws Exception {
        byte[] prelinked = CompiledImage.with(width, "-Wl,--hash-style=both", "-Wl,-Ttext-segment=" + address);
        byte[] ordinary = CompiledImage.with(width, "-Wl,--hash-style=both");
        ElfImage high = ElfImage.ofFile(prelinked);
        ElfImage low = ElfImage.ofFile(ordinary);

        assertThat(high.linkedAddress()).isEqualTo(Long.parseUnsignedLong(address.substring(2), 16));
        assertThat(low.linkedAddress()).isZero();
        assertThat(high.byteSize()).isEqualTo(low.byteSize());
        for (int i = 0; i < CompiledImage.FUNCTIONS; i++) {
            String name = "function" + i;
            assertThat(high.address(high.find(name).orElseThrow(), 0x5000_0000L))
                    .isEqualTo(low.address(low.find(name).orElseThrow(), 0x5000_0000L));
        }
    }

    @Test
    void leavesAnAbsoluteSymbolWhereItIs() {
        ElfSymbol version = vdso().find("LINUX_2.6", "LINUX_2.6").orElseThrow();

        assertThat(version.isAbsolute()).isTrue();
        assertThat(vdso().address(version, 0x7000_0000L)).isEqualTo(version.value());
    }

    @Test
    void readsAMappedImageNoFurtherThanItsSegmentsGo() {
        byte[] bytes = vdsoBytes();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment larger = arena.allocate(bytes.length + 4096L);
            MemorySegment.copy(bytes, 0, larger, ValueLayout.JAVA_BYTE, 0, bytes.length);

            assertThat(ElfImage.ofMapped(larger).byteSize()).isEqualTo(bytes.length);
            assertThatThrownBy(() -> ElfImage.ofMapped(larger.asSlice(0, bytes.length - 1)))
                    .isInstanceOf(MalformedElfException.class)
                    .hasMessageContaining("only " + (bytes.length - 1) + " are there");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 'starts with 0x464c4500, not with 7f'",
        "4, 3, 'class 3, expected 1'",
        "4, 0, 'class 0, expected 1'",
        "5, 2, 'byte order 2, expected 1'",
        "6, 0, 'ident version 0, expected 1'",
        "16, 2, 'type 2, expected 3'",
        "18, 183, 'machine 183 in ELF64'",
        "18, 3, 'machine 3 in ELF64'",
        "54, 32, 'program header size 32, expected 56'",
        "56, 0, 'no PT_LOAD'"
    })
    void saysWhatIsWrongWithAHeader(int offset, int value, String message) {
        byte[] image = vdsoBytes();
        image[offset] = (byte) value;

        assertThatThrownBy(() -> ElfImage.ofFile(image))
                .isInstanceOf(MalformedElfException.class)
                .hasMessageStartingWith("not a usable ELF image: ")
                .hasMessageContaining(message);
    }

    @Test
    void saysThatAnImageHasNoHashTable() throws Exception {
        byte[] image = CompiledImage.with("-Wl,--hash-style=gnu");
        replaceTag(image, HashKind.DT_GNU_HASH.tag());

        assertThatThrownBy(() -> ElfImage.ofFile(image))
                .isInstanceOf(MalformedElfException.class)
                .hasMessageContaining("neither DT_HASH nor DT_GNU_HASH");
    }

    @Test
    void fallsBackToTheOtherHashTable() throws Exception {
        byte[] image = CompiledImage.with("-Wl,--hash-style=both");
        replaceTag(image, HashKind.DT_GNU_HASH.tag());

        assertThat(ElfImage.ofFile(image).hashKinds()).containsExactly(HashKind.DT_HASH);
        assertThat(ElfImage.ofFile(image).find("function7")).isPresent();
    }

    /** Turns a tag of the dynamic section, known by its unlikely value, into DT_DEBUG. */
    private static void replaceTag(byte[] image, long tag) {
        MemorySegment bytes = MemorySegment.ofArray(image);
        ValueLayout.OfLong word = ValueLayout.JAVA_LONG_UNALIGNED;
        long[] places = IntStream.range(0, image.length / 8)
                .mapToLong(i -> 8L * i)
                .filter(offset -> bytes.get(word, offset) == tag)
                .toArray();
        assertThat(places).hasSize(1);
        bytes.set(word, places[0], 21);
    }

    @Test
    @Timeout(60)
    void answersOrRefusesEveryTruncatedImage() throws Exception {
        for (byte[] image : images()) {
            for (int length = 0; length < image.length; length += 37) {
                exercise(Arrays.copyOf(image, length));
            }
        }
    }

    @Test
    @Timeout(60)
    void answersOrRefusesEveryCorruptedImage() throws Exception {
        Random random = new Random(20261121);
        int refused = 0;
        int answered = 0;
        for (byte[] image : images()) {
            for (int round = 0; round < 400; round++) {
                boolean usable = exercise(corrupted(image, random));
                refused += usable ? 0 : 1;
                answered += usable ? 1 : 0;
            }
        }
        assertThat(refused).isPositive();
        assertThat(answered).isPositive();
    }

    private static List<byte[]> images() throws Exception {
        return List.of(
                vdsoBytes(),
                CompiledImage.versionedWith("-Wl,--hash-style=gnu"),
                CompiledImage.versionedWith("-Wl,--hash-style=sysv"),
                CompiledImage.with("-Wl,--hash-style=both"));
    }

    /** Most of what is parsed lies in the first pages, so most of the damage goes there. */
    private static byte[] corrupted(byte[] image, Random random) {
        byte[] copy = image.clone();
        int flips = 1 + random.nextInt(8);
        for (int i = 0; i < flips; i++) {
            int reach = random.nextInt(4) == 0 ? 256 : random.nextInt(4) == 0 ? copy.length : 4096;
            copy[random.nextInt(Math.min(reach, copy.length))] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    /** Any other exception than the one documented fails the test. */
    private static boolean exercise(byte[] bytes) {
        try {
            ElfImage image = ElfImage.ofFile(bytes);
            image.versions();
            image.find("function7", "ODD");
            image.find("__vdso_clock_gettime", "LINUX_2.6");
            for (ElfSymbol symbol : image.symbols()) {
                image.find(symbol.name());
            }
            return true;
        } catch (MalformedElfException refused) {
            assertThat(refused).hasMessageStartingWith("not a usable ELF image: ");
            return false;
        }
    }
}
