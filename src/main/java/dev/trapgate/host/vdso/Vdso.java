package dev.trapgate.host.vdso;

import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The virtual dynamic shared object: code that the kernel maps into every process, and that answers some system calls
 * without entering the kernel.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/vdso.7.html">vdso(7)</a>
 */
public final class Vdso {

    private final long loadAddress;
    private final ElfImage image;

    private Vdso(long loadAddress, ElfImage image) {
        this.loadAddress = loadAddress;
        this.image = image;
    }

    /**
     * Finds this process's vDSO by {@code AT_SYSINFO_EHDR} of its auxiliary vector.
     *
     * @return the vDSO
     * @throws GateUnavailableException if the kernel mapped none, as with {@code vdso=0} on its command line, or one that
     *     is not an x86-64 image; the message says which
     */
    public static Vdso ofThisProcess() {
        OptionalLong address = AuxiliaryVector.ofThisProcess().value(AuxiliaryType.AT_SYSINFO_EHDR);
        if (address.isEmpty() || address.getAsLong() == 0) {
            throw new GateUnavailableException(
                    Gate.VDSO, "the auxiliary vector has no AT_SYSINFO_EHDR: this kernel maps no vDSO");
        }
        return at(address.getAsLong());
    }

    private static Vdso at(long loadAddress) {
        try {
            ElfImage image = ElfImage.at(loadAddress);
            if (image.machine() != ElfMachine.X86_64 || image.elfClass() != ElfClass.ELF64) {
                throw new GateUnavailableException(
                        Gate.VDSO,
                        "the vDSO is an image for " + image.machine().displayName() + " in " + image.elfClass()
                                + ", not for x86-64 in ELF64");
            }
            return new Vdso(loadAddress, image);
        } catch (MalformedElfException damaged) {
            throw new GateUnavailableException(
                    Gate.VDSO, "the vDSO at " + ElfMemory.hex(loadAddress) + " is " + damaged.getMessage(), damaged);
        }
    }

    /** {@return the address of its first byte} */
    public long loadAddress() {
        return loadAddress;
    }

    /** {@return its ELF image: size, hash tables, versions, symbols} */
    public ElfImage image() {
        return image;
    }

    /** {@return every symbol it defines, in its own order} */
    public List<ElfSymbol> symbols() {
        return image.symbols();
    }

    /**
     * Says where a symbol is in this process.
     *
     * @param symbol one of {@link #symbols()}
     * @return its address
     */
    public long address(ElfSymbol symbol) {
        return image.address(symbol, loadAddress);
    }

    /**
     * Looks up one of the functions that the gate calls.
     *
     * @param function the function
     * @return its address in this process; empty if this kernel's vDSO lacks it, and the gate makes the system call
     */
    public OptionalLong address(VdsoFunction function) {
        Optional<ElfSymbol> found = image.find(function.symbol(), VdsoFunction.VERSION)
                .filter(symbol -> symbol.type() == ElfSymbol.Type.FUNC || symbol.type() == ElfSymbol.Type.NOTYPE)
                .filter(symbol -> Long.compareUnsigned(address(symbol) - loadAddress, image.byteSize()) < 0);
        return found.map(symbol -> OptionalLong.of(address(symbol))).orElse(OptionalLong.empty());
    }
}
