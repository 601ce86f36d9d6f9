package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.mm.UserStructure;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The machine's names and how a program wants to see them: kernel/sys.c and kernel/exec_domain.c, Linux 6.18. */
public final class UtsCalls {

    private static final int UTS_FIELD = 65;
    private static final int OLD_UTS_FIELD = 9;
    private static final int OLD_UTS_FIELDS = 5;
    private static final int RELEASE = 2;
    private static final int MACHINE = 4;
    /** __NEW_UTS_LEN. */
    private static final int MOST = 64;

    private static final int PER_MASK = 0xff;
    private static final int PER_LINUX32 = 8;
    private static final int UNAME26 = 0x2_0000;
    /** What is added to the minor version to make one after 2.6. */
    private static final int UNAME26_OFFSET = 60;

    private UtsCalls() {}

    /** {@code uname(2)}: {@code newuname}. */
    public static long newuname(Task current, PtRegs regs) {
        List<String> fields = fields(current);
        return copyName(current, regs.argument(1), fields, UTS_FIELD);
    }

    /** {@code uname(2)} with {@code struct old_utsname}: number 109 of i386. */
    public static long uname(Task current, PtRegs regs) {
        return regs.argument(1) == 0
                ? ErrorNumbers.EFAULT
                : copyName(current, regs.argument(1), fields(current).subList(0, OLD_UTS_FIELDS), UTS_FIELD);
    }

    /** {@code uname(2)} with {@code struct oldold_utsname}: number 59 of i386. */
    public static long olduname(Task current, PtRegs regs) {
        return regs.argument(1) == 0
                ? ErrorNumbers.EFAULT
                : copyName(current, regs.argument(1), fields(current).subList(0, OLD_UTS_FIELDS), OLD_UTS_FIELD);
    }

    private static long copyName(Task current, long to, List<String> fields, int width) {
        UserStructure name = new UserStructure(fields.size() * width);
        for (int i = 0; i < fields.size(); i++) {
            byte[] text = fields.get(i).getBytes(StandardCharsets.ISO_8859_1);
            MemorySegment.copy(
                    text, 0, name.bytes(), ValueLayout.JAVA_BYTE, (long) i * width, Math.min(text.length, width - 1));
        }
        return name.to(current.uaccess(), to) ? 0 : ErrorNumbers.EFAULT;
    }

    /** {@return the names as a program's personality has them} */
    private static List<String> fields(Task current) {
        List<String> fields = new ArrayList<>(current.process().utsName().fields());
        int personality = current.attributes().personality();
        if ((personality & UNAME26) != 0) {
            fields.set(RELEASE, after26(fields.get(RELEASE)));
        }
        if ((personality & PER_MASK) == PER_LINUX32) {
            fields.set(MACHINE, "i686");
        }
        return fields;
    }

    /** For programs that cannot bear a version 3: {@code override_release}. */
    private static String after26(String release) {
        String[] parts = release.split("\\.", 3);
        String rest = parts.length < 3 ? "" : parts[2].replaceFirst("^\\d+", "");
        return "2.6." + (Integer.parseInt(parts[1]) + UNAME26_OFFSET) + rest;
    }

    /** {@code personality(2)}: answers what it was. */
    public static long personality(Task current, PtRegs regs) {
        int old = current.attributes().personality();
        if ((int) regs.argument(1) != -1) {
            current.attributes().setPersonality((int) regs.argument(1));
        }
        return regs.abi() == Abi.I386 ? old : Integer.toUnsignedLong(old);
    }

    /** {@code sethostname(2)}. */
    public static long sethostname(Task current, PtRegs regs) {
        byte[] name = new byte[MOST];
        long length = take(current, regs, name);
        if (length < 0) {
            return length;
        }
        UtsName old = current.process().utsName();
        current.process().setUtsName(old.withNodename(text(name, length)));
        return 0;
    }

    /** {@code setdomainname(2)}. */
    public static long setdomainname(Task current, PtRegs regs) {
        byte[] name = new byte[MOST];
        long length = take(current, regs, name);
        if (length < 0) {
            return length;
        }
        UtsName old = current.process().utsName();
        current.process().setUtsName(old.withDomainname(text(name, length)));
        return 0;
    }

    private static long take(Task current, PtRegs regs, byte[] name) {
        int length = (int) regs.argument(2);
        if (!current.credentials().capable(Capability.CAP_SYS_ADMIN)) {
            return ErrorNumbers.EPERM;
        }
        if (length < 0 || length > MOST) {
            return ErrorNumbers.EINVAL;
        }
        boolean read = current.uaccess().copyFromUser(MemorySegment.ofArray(name), regs.argument(1), length) == 0;
        return read ? length : ErrorNumbers.EFAULT;
    }

    private static String text(byte[] name, long length) {
        return new String(name, 0, (int) length, StandardCharsets.ISO_8859_1);
    }
}
