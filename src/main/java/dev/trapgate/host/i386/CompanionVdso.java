package dev.trapgate.host.i386;

import dev.trapgate.host.vdso.AuxiliaryType;
import dev.trapgate.host.vdso.ElfImage;
import dev.trapgate.host.vdso.ElfSymbol;
import dev.trapgate.host.vdso.MalformedElfException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The vDSO of the 32-bit companion process.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/vdso.7.html">vdso(7)</a>
 */
public final class CompanionVdso {

    private final long loadAddress;
    private final ElfImage image;

    private CompanionVdso(long loadAddress, ElfImage image) {
        this.loadAddress = loadAddress;
        this.image = image;
    }

    /**
     * Finds a companion's vDSO by AT_SYSINFO_EHDR, and copies it.
     *
     * @param companion the companion
     * @return its vDSO; empty if the kernel mapped none
     * @throws MalformedElfException if what is there is no ELF image
     */
    public static Optional<CompanionVdso> of(Companion companion) {
        OptionalLong start = companion.auxiliaryVector().value(AuxiliaryType.AT_SYSINFO_EHDR);
        if (start.isEmpty() || start.getAsLong() == 0) {
            return Optional.empty();
        }
        byte[] bytes = companion.read(start.getAsLong(), size(companion, start.getAsLong()));
        return Optional.of(new CompanionVdso(
                start.getAsLong(),
                ElfImage.ofMapped(MemorySegment.ofArray(bytes).asReadOnly())));
    }

    private static int size(Companion companion, long start) {
        String begin = String.format("%08x-", start);
        try {
            return Files.readAllLines(companion.proc("maps")).stream()
                    .filter(line -> line.startsWith(begin))
                    .mapToInt(line ->
                            (int) (Long.parseLong(line.substring(begin.length(), line.indexOf(' ')), 16) - start))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "AT_SYSINFO_EHDR is 0x" + begin + " and no mapping of the companion begins there"));
        } catch (IOException masked) {
            throw new UncheckedIOException("/proc/PID/maps of the companion cannot be read", masked);
        }
    }

    /** {@return the address of its first byte in the companion} */
    public long loadAddress() {
        return loadAddress;
    }

    /** {@return its ELF image} */
    public ElfImage image() {
        return image;
    }

    /**
     * Says where a function is in the companion.
     *
     * @param symbol the function's name, of whatever version
     * @return its address; empty if the vDSO does not export it
     */
    public OptionalLong address(String symbol) {
        Optional<ElfSymbol> found = image.find(symbol);
        return found.map(function -> OptionalLong.of(address(function))).orElse(OptionalLong.empty());
    }

    /** {@return where one of its symbols is in the companion} */
    public long address(ElfSymbol symbol) {
        return image.address(symbol, loadAddress);
    }
}
