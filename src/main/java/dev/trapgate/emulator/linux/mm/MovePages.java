package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Where single pages are: {@code do_pages_stat} and {@code do_pages_move} of mm/migrate.c, Linux 6.18. */
final class MovePages {

    private static final int AT_ONCE = 16;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Task current;
    private final int pointerSize;
    private final long count;
    private final long pages;
    private final long nodes;
    private final long status;

    private MovePages(Task current, PtRegs regs) {
        this.current = current;
        this.pointerSize = regs.abi().pointerSize();
        this.count = regs.argument(2);
        this.pages = regs.argument(3);
        this.nodes = regs.argument(4);
        this.status = regs.argument(5);
    }

    /** {@return 0 or an error number negated} */
    static long of(Task current, PtRegs regs) {
        MovePages call = new MovePages(current, regs);
        return call.nodes == 0 ? call.tell() : call.move();
    }

    private long tell() {
        long[] addresses = new long[AT_ONCE];
        for (long done = 0; Long.compareUnsigned(done, count) < 0; done += AT_ONCE) {
            long left = count - done;
            int now = Long.compareUnsigned(left, AT_ONCE) > 0 ? AT_ONCE : (int) left;
            for (int i = 0; i < now; i++) {
                if (!fetch(pages + (done + i) * pointerSize, pointerSize)) {
                    return ErrorNumbers.EFAULT;
                }
                addresses[i] = current.buffer().get(LONG, 0);
            }
            MemorySegment buffer = current.buffer();
            for (int i = 0; i < now; i++) {
                buffer.set(INT, (long) Integer.BYTES * i, (int) node(addresses[i]));
            }
            if (current.copyBufferToUser(status + done * Integer.BYTES, now * Integer.BYTES) != 0) {
                return ErrorNumbers.EFAULT;
            }
        }
        return 0;
    }

    private long move() {
        for (long i = 0; Long.compareUnsigned(i, count) < 0; i++) {
            if (!fetch(pages + i * pointerSize, pointerSize)) {
                return ErrorNumbers.EFAULT;
            }
            long address = current.buffer().get(LONG, 0);
            if (!fetch(nodes + i * Integer.BYTES, Integer.BYTES)) {
                return ErrorNumbers.EFAULT;
            }
            if (current.buffer().get(INT, 0) != 0) {
                return ErrorNumbers.ENODEV;
            }
            if (!current.uaccess().putUser32(status + i * Integer.BYTES, node(address))) {
                return ErrorNumbers.EFAULT;
            }
        }
        return 0;
    }

    private boolean fetch(long from, int size) {
        current.buffer().set(LONG, 0, 0);
        return current.uaccess().copyFromUser(current.buffer(), from, size) == 0;
    }

    /** {@return node 0; −EFAULT without a mapping and for the page of zeros, −ENOENT for a page not touched} */
    private long node(long address) {
        Mm mm = current.process().mm();
        synchronized (mm) {
            if (address < 0 || mm.tree().find(address) == null) {
                return ErrorNumbers.EFAULT;
            }
            Pte there = mm.pages().find(address & -PageFrames.PAGE_SIZE);
            if (there == null || there.kind() == Pte.Kind.GUARD) {
                return ErrorNumbers.ENOENT;
            }
            return there.kind() == Pte.Kind.ZERO ? ErrorNumbers.EFAULT : 0;
        }
    }
}
