package dev.trapgate.emulator;

import java.util.HexFormat;

/** The instructions that the emulated program's stub page holds, one each sixteen bytes. */
public enum UserInstruction {
    /** {@code int $0x80}. */
    INT_80("cd80"),
    /** {@code sysenter}. */
    SYSENTER("0f34"),
    /** {@code syscall}. */
    SYSCALL("0f05"),
    /** {@code int $0x81}: a vector that no program may use. */
    INT_81("cd81"),
    /** {@code int $0x20}: the first external interrupt's vector. */
    INT_20("cd20"),
    /** {@code int $0x0d}: the vector of #GP. */
    INT_0D("cd0d"),
    /** {@code int $1}. */
    INT_1("cd01"),
    /** {@code int $3} of two bytes. */
    INT_3("cd03"),
    /** {@code int $4}. */
    INT_4("cd04"),
    /** {@code int3}, one byte. */
    INT3("cc"),
    /** {@code into}. */
    INTO("ce"),
    /** {@code int1}, one byte. */
    INT1("f1"),
    /** {@code iretd}. */
    IRETD("cf"),
    /** {@code iretq}. */
    IRETQ("48cf"),
    /** {@code sysretl}. */
    SYSRETL("0f07"),
    /** {@code sysretq}. */
    SYSRETQ("480f07"),
    /** {@code sysexit}. */
    SYSEXIT("0f35"),
    /** {@code swapgs}. */
    SWAPGS("0f01f8"),
    /** {@code hlt}. */
    HLT("f4"),
    /** {@code cli}. */
    CLI("fa"),
    /** {@code sti}. */
    STI("fb"),
    /** {@code rdmsr}. */
    RDMSR("0f32"),
    /** {@code wrmsr}. */
    WRMSR("0f30"),
    /** {@code call *%gs:0x10}: a C library's way to {@code __kernel_vsyscall}. */
    CALL_GS_10("65ff1510000000");

    private final String hex;

    UserInstruction(String hex) {
        this.hex = hex;
    }

    /** {@return its bytes} */
    public byte[] code() {
        return HexFormat.of().parseHex(hex);
    }

    int length() {
        return hex.length() / 2;
    }
}
