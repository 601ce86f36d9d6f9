package dev.trapgate.emulator.linux.net.core;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bytes on their way from one socket to another, with what goes with them: {@code struct sk_buff}. */
public final class SkBuff {

    /** The most bytes in one piece with the structure around them: {@code SKB_MAX_HEAD(0)}. */
    public static final int MAX_HEAD = 3776;
    /** The most bytes in four pages: {@code SKB_MAX_ALLOC} as the kernel's datagram sockets have it. */
    public static final int MAX_ALLOC = 16064;

    private static final int PAGE_SIZE = 4096;
    private static final int SHARED_INFO = 320;
    private static final int SMALLEST_HEAD = 512;
    private static final int STRUCTURE = 256;

    private final byte[] data;
    private final int truesize;
    private final @Nullable Sock owner;
    private final byte @Nullable [] from;
    private ScmCookie scm;
    private int consumed;

    /**
     * Takes bytes from a sender, whose buffer they count against until they are freed.
     *
     * @param data the bytes
     * @param truesize how much memory they count as
     * @param owner the sender; null if they count against nobody
     * @param from the sender's address; null if it has none
     * @param scm what goes with them
     */
    public SkBuff(byte[] data, int truesize, @Nullable Sock owner, byte @Nullable [] from, ScmCookie scm) {
        this.data = data;
        this.truesize = truesize;
        this.owner = owner;
        this.from = from;
        this.scm = scm;
        if (owner != null) {
            owner.chargeWrite(truesize);
        }
    }

    /**
     * {@return how much memory a buffer counts as: {@code skb->truesize} of {@code alloc_skb_with_frags}}
     *
     * @param head bytes in one piece
     * @param paged bytes in pages of their own
     */
    public static int truesize(int head, int paged) {
        int aligned = (head + 63 & -64) + SHARED_INFO;
        int allocated = Math.max(SMALLEST_HEAD, Integer.highestOneBit(2 * aligned - 1));
        return allocated + STRUCTURE + (paged + PAGE_SIZE - 1 & -PAGE_SIZE);
    }

    /** {@return its bytes, those that were read too} */
    public byte[] data() {
        return data;
    }

    /** {@return how many bytes are left to be read} */
    public int length() {
        return data.length - consumed;
    }

    /** {@return how much memory it counts as} */
    public int truesize() {
        return truesize;
    }

    /** {@return the sender's address; null if it has none} */
    public byte @Nullable [] from() {
        return from;
    }

    /** {@return the unread bytes} */
    public MemorySegment unread() {
        return MemorySegment.ofArray(data).asSlice(consumed);
    }

    /** Takes bytes off its start. */
    public void consume(int count) {
        consumed += count;
    }

    /** {@return what goes with it} */
    public ScmCookie scm() {
        return scm;
    }

    /** Takes its files away from it: {@code unix_detach_fds}. {@return the files} */
    public List<PassedFile> detachFiles() {
        List<PassedFile> files = scm.files();
        scm = scm.withoutFiles();
        return files;
    }

    /** Ends it: {@code kfree_skb}. */
    public void free() {
        if (owner != null) {
            owner.chargeWrite(-truesize);
            owner.writeSpace();
        }
        detachFiles().forEach(PassedFile::drop);
    }
}
