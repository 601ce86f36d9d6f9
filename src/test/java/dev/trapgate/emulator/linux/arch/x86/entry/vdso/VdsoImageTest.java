package dev.trapgate.emulator.linux.arch.x86.entry.vdso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Descriptor.Width;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.mm.UserStructure;
import dev.trapgate.host.vdso.ElfClass;
import dev.trapgate.host.vdso.ElfImage;
import dev.trapgate.host.vdso.ElfSymbol;
import dev.trapgate.host.vdso.HashKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The emulated vDSOs, read with the logic that reads the real one. */
class VdsoImageTest {

    private static final long CLASSIC_ADDRESS = 0xffff_e000L;

    static Stream<Arguments> images() {
        return Stream.of(
                Arguments.of("64-bit", Vdso64.image(), ElfClass.ELF64, 0L, List.of("LINUX_2.6")),
                Arguments.of(
                        "32-bit, Intel",
                        Vdso32.modern(Vendor.INTEL),
                        ElfClass.ELF32,
                        0L,
                        List.of("LINUX_2.6", "LINUX_2.5")),
                Arguments.of(
                        "32-bit, AMD",
                        Vdso32.modern(Vendor.AMD),
                        ElfClass.ELF32,
                        0L,
                        List.of("LINUX_2.6", "LINUX_2.5")),
                Arguments.of(
                        "classic",
                        Vdso32.classic(CLASSIC_ADDRESS),
                        ElfClass.ELF32,
                        CLASSIC_ADDRESS,
                        List.of("LINUX_2.5")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("images")
    void everyFunctionIsFoundByItsNameAndVersion(
            String what, VdsoImage image, ElfClass elfClass, long linkedAt, List<String> versions) {
        ElfImage elf = ElfImage.ofMapped(image.bytes());

        assertThat(elf.elfClass()).isEqualTo(elfClass);
        assertThat(elf.linkedAddress()).isEqualTo(linkedAt);
        assertThat(elf.hashKinds()).containsExactlyInAnyOrder(HashKind.values());
        assertThat(elf.versions()).containsExactlyElementsOf(versions);
        assertThat(elf.symbols()).hasSameSizeAs(image.symbols());
        for (VdsoSymbol symbol : image.symbols()) {
            ElfSymbol found = elf.find(symbol.name(), symbol.version()).orElseThrow();
            assertThat(elf.address(found, 0x1000)).isEqualTo(0x1000 + symbol.offset());
            assertThat(found.byteSize()).isEqualTo(symbol.size());
            assertThat(found.type()).isEqualTo(ElfSymbol.Type.FUNC);
            assertThat(found.binding()).hasToString(symbol.binding().name());
            assertThat(elf.find(symbol.name(), "LINUX_9.9")).isEmpty();
        }
        assertThat(elf.find("__vdso_nothing")).isEmpty();
    }

    @Test
    void exportsWhatTheSpecificationSays() {
        assertThat(Vdso64.image().symbols())
                .extracting(VdsoSymbol::name)
                .contains(
                        "__vdso_clock_gettime",
                        "__vdso_gettimeofday",
                        "__vdso_time",
                        "__vdso_getcpu",
                        "__vdso_clock_getres",
                        "__vdso_getrandom");
        assertThat(Vdso32.modern(Vendor.INTEL).symbols())
                .extracting(symbol -> symbol.name() + "@" + symbol.version())
                .contains(
                        "__kernel_vsyscall@LINUX_2.5",
                        "__kernel_sigreturn@LINUX_2.5",
                        "__kernel_rt_sigreturn@LINUX_2.5",
                        "__vdso_clock_gettime64@LINUX_2.6");
    }

    @Test
    void aProgramFindsTheFunctionsByDtHash() {
        try (EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.INTEL)) {
            VdsoLookup lookup = new VdsoLookup(machine.newThread().task().uaccess(), machine.vdso(Width.BITS_64));

            for (VdsoSymbol symbol : Vdso64.image().symbols()) {
                assertThat(lookup.find(symbol.name(), "LINUX_2.6"))
                        .hasValue(machine.vdso(Width.BITS_64) + symbol.offset());
            }
            assertThat(lookup.find("__vdso_time", "LINUX_2.5")).isEmpty();
            assertThat(lookup.find("__vdso_nothing", "LINUX_2.6")).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void theImageIsInTheProgramsMemory(KernelGeneration kernel, Width width, ElfClass elfClass) {
        try (EmulatedMachine machine = new EmulatedMachine(kernel, Vendor.AMD)) {
            long address = machine.vdso(width);
            UserStructure page = new UserStructure(4096);
            var cpu = machine.newThread().cpu();
            for (int i = 0; i < 4096; i += 8) {
                page.set64(i, cpu.mmu().read64(address + i, 0));
                if (cpu.mmu().takeFault() != 0) {
                    machine.process().mm().handleFault(address, 0);
                    page.set64(i, cpu.mmu().read64(address + i, 0));
                }
            }
            ElfImage elf = ElfImage.ofMapped(page.bytes());

            assertThat(elf.elfClass()).isEqualTo(elfClass);
            if (elfClass == ElfClass.ELF32) {
                ElfSymbol vsyscall = elf.find("__kernel_vsyscall", "LINUX_2.5").orElseThrow();
                assertThat(elf.address(vsyscall, address)).isEqualTo(machine.kernelVsyscall());
            }
        }
    }

    static Stream<Arguments> kernels() {
        return Stream.of(
                Arguments.of(KernelGeneration.CLASSIC, Width.BITS_32, ElfClass.ELF32),
                Arguments.of(KernelGeneration.MODERN, Width.BITS_32, ElfClass.ELF32),
                Arguments.of(KernelGeneration.MODERN, Width.BITS_64, ElfClass.ELF64));
    }
}
