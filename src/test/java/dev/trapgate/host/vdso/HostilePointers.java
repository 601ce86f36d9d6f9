package dev.trapgate.host.vdso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Syscall;
import dev.trapgate.host.glibc.LibcSyscall;

/** Addresses that no write goes to, for tests that offer them all the same. */
final class HostilePointers {

    private static final long PAGE = 4096;
    private static final long PROT_NONE = 0;
    private static final long PROT_READ = 1;
    private static final long READ_WRITE = 3;
    private static final long PRIVATE_ANONYMOUS = 0x22;

    private HostilePointers() {}

    /** {@return addresses that answer −EFAULT to a write of one byte} */
    static long[] all() {
        return new long[] {
            1,
            -1,
            -16,
            0x0000_8000_0000_0000L, // not canonical
            0x0000_7fff_ffff_f000L, // the last page of user space, never mapped
            0xffff_8000_0000_0000L, // the kernel's
            0xffff_ffff_ff60_0000L, // the vsyscall page
            page(PROT_NONE),
            page(PROT_READ),
            Vdso.ofThisProcess().loadAddress()
        };
    }

    /** {@return the end of a page that can be written, before one that cannot} */
    static long boundary() {
        long pages = LibcSyscall.call(Syscall.MMAP, 0, 2 * PAGE, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0);
        assertThat(pages).isPositive();
        assertThat(LibcSyscall.call(Syscall.MPROTECT, pages + PAGE, PAGE, PROT_NONE))
                .isZero();
        return pages + PAGE;
    }

    private static long page(long protection) {
        long page = LibcSyscall.call(Syscall.MMAP, 0, PAGE, protection, PRIVATE_ANONYMOUS, -1, 0);
        assertThat(page).isPositive();
        return page;
    }
}
