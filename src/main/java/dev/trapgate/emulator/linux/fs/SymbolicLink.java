package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.Task;
import org.jspecify.annotations.Nullable;

/** A symbolic link. */
public abstract class SymbolicLink extends Inode {

    private static final FileOperations NOTHING = new FileOperations() {};

    /**
     * Makes a link without a name.
     *
     * @param superBlock where it lives
     * @param mode type and permission bits
     * @param uid its owner
     * @param gid its group
     * @param now the time, in nanoseconds since 1970, for all its times
     */
    protected SymbolicLink(SuperBlock superBlock, int mode, int uid, int gid, long now) {
        super(superBlock, mode, uid, gid, now);
    }

    /**
     * Makes a link of root's that has a number already.
     *
     * @param superBlock where it lives
     * @param number its number there
     * @param mode type and permission bits
     * @param made when it was made, in nanoseconds since 1970, for all its times
     */
    protected SymbolicLink(SuperBlock superBlock, long number, int mode, long made) {
        super(superBlock, number, mode, made);
    }

    /**
     * {@return what it says: {@code readlink(2)}} Null if what a magic link stood for is gone.
     *
     * @param current the calling task
     */
    public abstract @Nullable String target(Task current);

    /**
     * {@return whether it leads to a file without regard to what it says, as those of /proc do: {@code nd_jump_link}}
     */
    public boolean isMagic() {
        return false;
    }

    /**
     * {@return where a magic link leads; null if that is gone}
     *
     * @param current the calling task
     */
    public @Nullable Path jump(Task current) {
        return null;
    }

    @Override
    public FileOperations operations() {
        return NOTHING;
    }
}
