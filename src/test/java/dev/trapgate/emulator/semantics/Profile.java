package dev.trapgate.emulator.semantics;

import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Descriptor.Width;
import dev.trapgate.emulator.cpu.Vendor;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A machine and the kind of code that runs on it. */
record Profile(KernelGeneration kernel, Vendor vendor, Width width) {

    static final Predicate<Profile> CLASSIC = profile -> profile.kernel() == KernelGeneration.CLASSIC;
    static final Predicate<Profile> MODERN = CLASSIC.negate();
    static final Predicate<Profile> CODE_64 = profile -> profile.width() == Width.BITS_64;
    static final Predicate<Profile> CODE_32 = CODE_64.negate();
    static final Predicate<Profile> INTEL = profile -> profile.vendor() == Vendor.INTEL;
    static final Predicate<Profile> AMD = INTEL.negate();
    static final Predicate<Profile> ANY = profile -> true;
    static final Predicate<Profile> NEWEST = profile -> profile.kernel() == KernelGeneration.MODERN;

    static List<Profile> where(Predicate<Profile> condition) {
        return Stream.of(KernelGeneration.CLASSIC, KernelGeneration.BEFORE_4_17, KernelGeneration.MODERN)
                .flatMap(kernel -> Stream.of(Vendor.values()).flatMap(vendor -> Stream.of(Width.BITS_32, Width.BITS_64)
                        .map(width -> new Profile(kernel, vendor, width))))
                .filter(profile -> MODERN.test(profile) || CODE_32.test(profile))
                .filter(condition)
                .toList();
    }

    @Override
    public String toString() {
        return kernel + ", " + vendor + ", " + width;
    }
}
