package dev.trapgate.emulator.linux.arch.x86.entry;

import dev.trapgate.emulator.cpu.Vendor;
import java.util.HexFormat;

/** The 32-bit vDSO's code: {@code __kernel_vsyscall}, which programs find by AT_SYSINFO. */
public final class Vdso32 {

    /** Where {@code __kernel_vsyscall} begins in the image. */
    public static final int KERNEL_VSYSCALL = 0x420;

    private static final int LANDING_PAD = 9;

    /** arch/x86/entry/vdso/vdso32/system_call.S, Linux 5.17, on Intel. */
    private static final byte[] INTEL = HexFormat.of()
            .parseHex(
                    "51" // push ecx
                            + "52" // push edx
                            + "55" // push ebp
                            + "89e5" // mov ebp, esp     the kernel takes the stack from here
                            + "0f34" // sysenter
                            + "cd80" // int 0x80         the fallback, and where a restart goes
                            + "5d" // pop ebp          the landing pad
                            + "5a" // pop edx
                            + "59" // pop ecx
                            + "c3"); // ret

    /** The same on AMD. */
    private static final byte[] AMD = HexFormat.of()
            .parseHex(
                    "51" // push ecx
                            + "52" // push edx
                            + "55" // push ebp
                            + "89cd" // mov ebp, ecx     SYSCALL overwrites ecx
                            + "0f05" // syscall
                            + "cd80" // int 0x80
                            + "5d" // pop ebp          the landing pad
                            + "5a" // pop edx
                            + "59" // pop ecx
                            + "c3"); // ret

    /** arch/i386/kernel/vsyscall-sysenter.S, Linux 2.6.18. */
    private static final byte[] CLASSIC = HexFormat.of()
            .parseHex(
                    "51" // push ecx
                            + "52" // push edx
                            + "55" // push ebp
                            + "89e5" // mov ebp, esp     a restart comes back here
                            + "0f34" // sysenter
                            + "90909090909090" // nop
                            + "ebf3" // jmp -13          where a restart goes: two bytes before the return
                            + "5d" // pop ebp          SYSENTER_RETURN
                            + "5a" // pop edx
                            + "59" // pop ecx
                            + "c3"); // ret

    private static final int SYSENTER_RETURN = 16;

    private Vdso32() {}

    /** {@return the modern kernel's code on a vendor's processors} */
    static byte[] modern(Vendor vendor) {
        return vendor == Vendor.INTEL ? INTEL.clone() : AMD.clone();
    }

    /** {@return the classic kernel's code} */
    static byte[] classic() {
        return CLASSIC.clone();
    }

    /** {@return where {@link #modern} code goes on after the kernel, counted from its first byte} */
    static int landingPad() {
        return LANDING_PAD;
    }

    /** {@return where {@link #classic} goes on after the kernel, counted from its first byte} */
    static int sysenterReturn() {
        return SYSENTER_RETURN;
    }
}
