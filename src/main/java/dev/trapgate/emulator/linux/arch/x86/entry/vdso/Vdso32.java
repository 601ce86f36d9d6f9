package dev.trapgate.emulator.linux.arch.x86.entry.vdso;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.cpu.Vendor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The 32-bit vDSOs: {@code __kernel_vsyscall}, which programs find by AT_SYSINFO, the functions that handlers return to,
 * and the modern kernel's clocks, which make the system call.
 */
public final class Vdso32 {

    /** The name of the function that AT_SYSINFO leads to. */
    public static final String KERNEL_VSYSCALL = "__kernel_vsyscall";
    /** The name of the function that handlers without siginfo return to. */
    public static final String KERNEL_SIGRETURN = "__kernel_sigreturn";
    /** The name of the function that handlers with siginfo return to. */
    public static final String KERNEL_RT_SIGRETURN = "__kernel_rt_sigreturn";

    private static final String VERSION_25 = "LINUX_2.5";
    private static final String VERSION_26 = "LINUX_2.6";
    private static final String SONAME = "linux-gate.so.1";
    private static final int TEXT = 0x400;

    private static final int LANDING_PAD = 9;
    private static final int SYSENTER_RETURN = 16;

    /** Made once: every machine copies it into a page of its own. */
    private static final Map<Vendor, VdsoImage> MODERN =
            Stream.of(Vendor.values()).collect(Collectors.toMap(vendor -> vendor, Vdso32::assemble));

    private Vdso32() {}

    /**
     * The modern kernel's: arch/x86/entry/vdso/vdso32, Linux 5.17.
     *
     * @param vendor whose processors it is for, which decides the instruction of {@code __kernel_vsyscall}
     * @return the image
     */
    public static VdsoImage modern(Vendor vendor) {
        return Objects.requireNonNull(MODERN.get(vendor));
    }

    private static VdsoImage assemble(Vendor vendor) {
        VdsoCode code = new VdsoCode(TEXT);
        signalReturns(code);
        int vsyscall = code.position();
        code.add(
                KERNEL_VSYSCALL,
                VERSION_25,
                "51", //        push ecx
                "52", //        push edx
                "55", //        push ebp
                vendor == Vendor.INTEL
                        ? "89 e5 0f 34" // mov ebp, esp; sysenter: the kernel takes the stack from ebp
                        : "89 cd 0f 05", // mov ebp, ecx; syscall, which overwrites ecx
                "cd 80", //     int 0x80         the fallback, and where a restart goes
                "5d", //        pop ebp          the landing pad
                "5a", //        pop edx
                "59", //        pop ecx
                "c3"); //       ret
        call(code, "__vdso_clock_gettime", Syscall.CLOCK_GETTIME, vsyscall);
        call(code, "__vdso_gettimeofday", Syscall.GETTIMEOFDAY, vsyscall);
        call(code, "__vdso_time", Syscall.TIME, vsyscall);
        call(code, "__vdso_clock_getres", Syscall.CLOCK_GETRES, vsyscall);
        call(code, "__vdso_clock_gettime64", Syscall.CLOCK_GETTIME64, vsyscall);
        return link(code, 0, List.of(VERSION_26, VERSION_25));
    }

    /** A function of two arguments on the stack. */
    private static void call(VdsoCode code, String name, Syscall call, int vsyscall) {
        code.add(
                name,
                VERSION_26,
                "53", //                                                push ebx
                "8b 5c 24 08", //                                       mov ebx, [esp+8]
                "8b 4c 24 0c", //                                       mov ecx, [esp+12]
                "b8 " + VdsoCode.imm32(call.number(Abi.I386)), //       mov eax, number
                "e8 " + VdsoCode.rel32(vsyscall), //                    call __kernel_vsyscall
                "5b", //                                                pop ebx
                "c3"); //                                               ret
    }

    /**
     * The classic kernel's: arch/i386/kernel/vsyscall-sysenter.S and vsyscall-sigreturn.S, Linux 2.6.18.
     *
     * @param address where it is mapped, for which it is linked
     * @return the image
     */
    public static VdsoImage classic(long address) {
        VdsoCode code = new VdsoCode(TEXT);
        signalReturns(code);
        code.add(
                KERNEL_VSYSCALL,
                VERSION_25,
                "51", //                    push ecx
                "52", //                    push edx
                "55", //                    push ebp
                "89 e5", //                 mov ebp, esp     a restart comes back here
                "0f 34", //                 sysenter
                "90 90 90 90 90 90 90", //  nop
                "eb f3", //                 jmp -13          where a restart goes: two bytes before the return
                "5d", //                    pop ebp          SYSENTER_RETURN
                "5a", //                    pop edx
                "59", //                    pop ecx
                "c3"); //                   ret
        return link(code, address, List.of(VERSION_25));
    }

    private static void signalReturns(VdsoCode code) {
        code.add(
                KERNEL_SIGRETURN,
                VERSION_25,
                "58", //                    pop eax          the signal's number
                "b8 77 00 00 00", //        mov eax, 119     sigreturn
                "cd 80"); //                int 0x80
        code.add(
                KERNEL_RT_SIGRETURN,
                VERSION_25,
                "b8 ad 00 00 00", //        mov eax, 173     rt_sigreturn
                "cd 80"); //                int 0x80
    }

    private static VdsoImage link(VdsoCode code, long address, List<String> versions) {
        VdsoLinker linker = new VdsoLinker(Integer.BYTES, address, SONAME, versions, code.symbols());
        return new VdsoImage(code.symbols(), linker.link(code.start(), code.toByteArray()));
    }

    /** {@return where {@link #modern}'s vsyscall goes on after the kernel, counted from its first byte} */
    public static int landingPad() {
        return LANDING_PAD;
    }

    /** {@return where {@link #classic}'s vsyscall goes on after the kernel, counted from its first byte} */
    public static int sysenterReturn() {
        return SYSENTER_RETURN;
    }
}
