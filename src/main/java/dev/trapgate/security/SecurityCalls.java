package dev.trapgate.security;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.RefusedCallException;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.kernel.SyscallException;
import java.lang.foreign.MemorySegment;

/**
 * Giving up rights by Landlock, which needs none.
 *
 * <p>A ruleset says which kinds of access it handles; rules allow some of them below directories; the rest is refused to the
 * thread that restricts itself, and to threads and processes that it starts from then on. The JVM's other threads keep their
 * rights: do this in a thread made for it, or first of all in main. A class whose first use comes later is read by the thread
 * that uses it: where rules do not allow reading the class path's directories, use what will be needed before (jars that are
 * open stay so).
 *
 * @param kernel whose calls
 * @see <a href="https://man7.org/linux/man-pages/man7/landlock.7.html">landlock(7)</a>
 */
public record SecurityCalls(Kernel kernel) {

    private static final Call CREATE_RULESET = Call.of(Syscall.LANDLOCK_CREATE_RULESET);
    private static final Call ADD_RULE = Call.of(Syscall.LANDLOCK_ADD_RULE);
    private static final Call RESTRICT_SELF = Call.of(Syscall.LANDLOCK_RESTRICT_SELF);

    private static final Call OPENAT = Call.of(Syscall.OPENAT);
    private static final System.Logger LOGGER = System.getLogger("dev.trapgate");
    private static final int AT_FDCWD = -100;
    private static final int CREATE_RULESET_VERSION = 1;
    private static final int RULE_PATH_BENEATH = 1;
    /** The first version's attributes: one mask. */
    private static final long RULESET_ATTRIBUTES = 8;

    private static final long RULE_ATTRIBUTES = 12;

    /**
     * {@return which version of Landlock's ABI the kernel has, 1 or more}
     *
     * @throws SyscallException ENOSYS before Linux 5.13; EOPNOTSUPP if it is switched off
     */
    public int landlockAbi() {
        return (int) kernel.call(CREATE_RULESET, 0, 0, CREATE_RULESET_VERSION);
    }

    /**
     * Makes a ruleset, as {@code landlock_create_ruleset(2)}.
     *
     * @param handled what is refused unless a rule allows it
     * @return its descriptor, to be closed
     * @throws SyscallException EINVAL if the kernel does not know one of them; ENOMSG for none; ENOSYS, EOPNOTSUPP as
     *     {@link #landlockAbi()}
     */
    public FileDescriptor landlockCreateRuleset(LandlockAccess handled) {
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.room(RULESET_ATTRIBUTES, Long.BYTES);
            scratch.at(address, RULESET_ATTRIBUTES).set(Layouts.LONG, 0, handled.bits());
            return kernel.open(CREATE_RULESET, address, RULESET_ATTRIBUTES, 0);
        }
    }

    /**
     * Allows access below a directory, as {@code landlock_add_rule(2)}.
     *
     * @param ruleset the ruleset
     * @param allowed what is allowed, all of it handled
     * @param directory the directory, or a file; O_PATH is enough
     * @throws SyscallException EINVAL if some of it is not handled, or does not fit a file
     */
    public void landlockAddRule(FileDescriptor ruleset, LandlockAccess allowed, FileDescriptor directory) {
        int parent = directory.hold(kernel);
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.room(RULE_ATTRIBUTES, Long.BYTES);
            MemorySegment attributes = scratch.at(address, RULE_ATTRIBUTES);
            attributes.set(Layouts.LONG, 0, allowed.bits());
            attributes.set(Layouts.INT, Long.BYTES, parent);
            kernel.callOn(ADD_RULE, ruleset, RULE_PATH_BENEATH, address, 0);
        } finally {
            directory.letGo();
        }
    }

    /**
     * Restricts the calling thread by a ruleset, for ever, as {@code landlock_restrict_self(2)}.
     *
     * @param ruleset the ruleset
     * @throws SyscallException EPERM without {@code process().setNoNewPrivs()} before, in the same thread; E2BIG after 16 of them
     * @throws RefusedCallException if the calling thread is virtual: it would be the carrier that is restricted
     */
    public void landlockRestrictSelf(FileDescriptor ruleset) {
        if (Thread.currentThread().isVirtual()) {
            throw new RefusedCallException(
                    Syscall.LANDLOCK_RESTRICT_SELF,
                    "this is a virtual thread; the carrier that it happens to run on would be restricted for ever",
                    "run this part in a platform thread");
        }
        loadWhatErrorsNeed();
        kernel.callOn(RESTRICT_SELF, ruleset, 0, 0, 0);
    }

    /** The thread might not be allowed to read these classes when its first refused call needs them. */
    private void loadWhatErrorsNeed() {
        try (Scratch scratch = kernel.scratch()) {
            long answer = -Errno.EACCES.number();
            String message = kernel.failure(OPENAT, answer, AT_FDCWD, scratch.string("/."), 0, 0, 0, 0)
                    .getMessage();
            LOGGER.log(System.Logger.Level.TRACE, message);
        }
    }
}
