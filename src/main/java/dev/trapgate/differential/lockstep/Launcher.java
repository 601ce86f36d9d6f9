package dev.trapgate.differential.lockstep;

import dev.trapgate.host.elf.StaticExecutable;
import dev.trapgate.host.stub.MachineCode;

/**
 * The program that starts the one to be traced. It makes a child, which stops itself and, once it goes on, executes what the
 * launcher's own arguments say; and it waits for that child. So the traced process is not a child of the JVM, whose own
 * waitpid(2) would take the tracer's stops away.
 */
final class Launcher {

    private static final MachineCode CODE = MachineCode.of(
            "bf 00 00 04 00", //          mov edi, 0x40000          ADDR_NO_RANDOMIZE
            "b8 87 00 00 00", //          mov eax, 135              personality
            "0f 05", //                   syscall
            "b8 39 00 00 00", //          mov eax, 57               fork
            "0f 05", //                   syscall
            "85 c0", //                   test eax, eax
            "74 1e", //                   je child
            "48 c7 c7 ff ff ff ff", //    mov rdi, -1
            "31 f6", //                   xor esi, esi
            "31 d2", //                   xor edx, edx
            "45 31 d2", //                xor r10d, r10d
            "b8 3d 00 00 00", //          mov eax, 61               wait4
            "0f 05", //                   syscall
            "31 ff", //                   xor edi, edi
            "b8 e7 00 00 00", //          mov eax, 231              exit_group
            "0f 05", //                   syscall
            "b8 27 00 00 00", //   child: mov eax, 39               getpid
            "0f 05", //                   syscall
            "89 c7", //                   mov edi, eax
            "be 13 00 00 00", //          mov esi, 19               SIGSTOP
            "b8 3e 00 00 00", //          mov eax, 62               kill
            "0f 05", //                   syscall
            "48 8b 04 24", //             mov rax, [rsp]            argc
            "48 8d 54 c4 10", //          lea rdx, [rsp+rax*8+16]   envp
            "48 8b 7c 24 10", //          mov rdi, [rsp+16]         argv[1]
            "48 8d 74 24 10", //          lea rsi, [rsp+16]         argv + 1
            "b8 3b 00 00 00", //          mov eax, 59               execve
            "0f 05", //                   syscall
            "89 c7", //                   mov edi, eax
            "f7 df", //                   neg edi                   the errno
            "b8 e7 00 00 00", //          mov eax, 231              exit_group
            "0f 05"); //                  syscall

    private Launcher() {}

    /** {@return the bytes of the ELF image} */
    static byte[] image() {
        return StaticExecutable.of(CODE);
    }
}
