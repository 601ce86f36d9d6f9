package dev.trapgate.emulator.linux.arch.x86.entry.vdso;

import java.util.List;

/**
 * The 64-bit vDSO: arch/x86/entry/vdso/vclock_gettime.c and vgetcpu.c, Linux 5.17, and getrandom as Linux 6.11 added it.
 *
 * <p>Clocks that {@link Vvar} has are read there. For the others, and for all else, the functions make the system call.
 */
public final class Vdso64 {

    private static final String VERSION = "LINUX_2.6";
    private static final int TEXT = 0x700;
    private static final String VVAR = VdsoCode.rel32(Vvar.OFFSET);

    /** Made once: every machine copies it into a page of its own. */
    private static final VdsoImage IMAGE = assemble();

    private Vdso64() {}

    /** {@return the image} */
    public static VdsoImage image() {
        return IMAGE;
    }

    private static VdsoImage assemble() {
        VdsoCode code = new VdsoCode(TEXT);
        clocks(code);
        code.add(
                "__vdso_getcpu",
                VERSION,
                "b8 35 01 00 00", //     mov eax, 309        getcpu
                "0f 05", //              syscall
                "c3"); //                ret
        code.alias("getcpu");
        code.add(
                "__vdso_getrandom",
                VERSION,
                "49 83 f8 ff", //        cmp r8, -1          asked how large a state is: there is none
                "75 08", //              jne 1f
                "48 c7 c0 da ff ff ff", // mov rax, -38      ENOSYS
                "c3", //                 ret
                "b8 3e 01 00 00", //  1: mov eax, 318        getrandom
                "0f 05", //              syscall
                "c3"); //                ret
        code.alias("getrandom");
        VdsoLinker linker = new VdsoLinker(Long.BYTES, 0, "linux-vdso.so.1", List.of(VERSION), code.symbols());
        return new VdsoImage(code.symbols(), linker.link(TEXT, code.toByteArray()));
    }

    private static void clocks(VdsoCode code) {
        clockGettime(code);
        gettimeofday(code);
        time(code);
        clockGetres(code);
    }

    private static void clockGettime(VdsoCode code) {
        code.add(
                "__vdso_clock_gettime",
                VERSION,
                "83 ff 0b", //           cmp edi, 11
                "77 32", //              ja 1f
                "48 8d 0d " + VVAR, //   lea rcx, [rip+vvar]
                "8b 01", //              mov eax, [rcx]
                "0f a3 f8", //           bt eax, edi
                "73 24", //              jae 1f
                "0f 31", //              rdtsc
                "48 c1 e2 20", //        shl rdx, 32
                "48 09 d0", //           or rax, rdx
                "89 ff", //              mov edi, edi
                "48 03 44 f9 08", //     add rax, [rcx+rdi*8+8]
                "31 d2", //              xor edx, edx
                "b9 00 ca 9a 3b", //     mov ecx, 1000000000
                "48 f7 f1", //           div rcx
                "48 89 06", //           mov [rsi], rax
                "48 89 56 08", //        mov [rsi+8], rdx
                "31 c0", //              xor eax, eax
                "c3", //                 ret
                "b8 e4 00 00 00", //  1: mov eax, 228        clock_gettime
                "0f 05", //              syscall
                "c3"); //                ret
        code.alias("clock_gettime");
    }

    private static void gettimeofday(VdsoCode code) {
        code.add(
                "__vdso_gettimeofday",
                VERSION,
                "48 85 f6", //           test rsi, rsi       the time zone is the kernel's to tell
                "75 3a", //              jne 1f
                "48 85 ff", //           test rdi, rdi
                "74 35", //              je 1f
                "48 8d 0d " + VVAR, //   lea rcx, [rip+vvar]
                "0f 31", //              rdtsc
                "48 c1 e2 20", //        shl rdx, 32
                "48 09 d0", //           or rax, rdx
                "48 03 41 08", //        add rax, [rcx+8]
                "31 d2", //              xor edx, edx
                "b9 00 ca 9a 3b", //     mov ecx, 1000000000
                "48 f7 f1", //           div rcx
                "48 89 07", //           mov [rdi], rax
                "48 89 d0", //           mov rax, rdx
                "31 d2", //              xor edx, edx
                "b9 e8 03 00 00", //     mov ecx, 1000
                "48 f7 f1", //           div rcx
                "48 89 47 08", //        mov [rdi+8], rax
                "31 c0", //              xor eax, eax
                "c3", //                 ret
                "b8 60 00 00 00", //  1: mov eax, 96         gettimeofday
                "0f 05", //              syscall
                "c3"); //                ret
        code.alias("gettimeofday");
    }

    private static void time(VdsoCode code) {
        code.add(
                "__vdso_time",
                VERSION,
                "48 8d 0d " + VVAR, //   lea rcx, [rip+vvar]
                "0f 31", //              rdtsc
                "48 c1 e2 20", //        shl rdx, 32
                "48 09 d0", //           or rax, rdx
                "48 03 41 08", //        add rax, [rcx+8]
                "31 d2", //              xor edx, edx
                "b9 00 ca 9a 3b", //     mov ecx, 1000000000
                "48 f7 f1", //           div rcx
                "48 85 ff", //           test rdi, rdi
                "74 03", //              je 1f
                "48 89 07", //           mov [rdi], rax
                "c3"); //             1: ret
        code.alias("time");
    }

    private static void clockGetres(VdsoCode code) {
        code.add(
                "__vdso_clock_getres",
                VERSION,
                "83 ff 0b", //           cmp edi, 11
                "77 25", //              ja 2f
                "48 8d 0d " + VVAR, //   lea rcx, [rip+vvar]
                "8b 01", //              mov eax, [rcx]
                "0f a3 f8", //           bt eax, edi
                "73 17", //              jae 2f
                "48 85 f6", //           test rsi, rsi
                "74 0f", //              je 1f
                "48 c7 06 00 00 00 00", // mov qword [rsi], 0
                "48 c7 46 08 01 00 00 00", // mov qword [rsi+8], 1
                "31 c0", //           1: xor eax, eax
                "c3", //                 ret
                "b8 e5 00 00 00", //  2: mov eax, 229        clock_getres
                "0f 05", //              syscall
                "c3"); //                ret
        code.alias("clock_getres");
    }
}
