package dev.trapgate.examples;

import static dev.trapgate.security.LandlockAccess.LANDLOCK_ACCESS_FS_READ_DIR;
import static dev.trapgate.security.LandlockAccess.LANDLOCK_ACCESS_FS_READ_FILE;
import static dev.trapgate.security.LandlockAccess.LANDLOCK_ACCESS_FS_WRITE_FILE;

import dev.trapgate.Linux;
import dev.trapgate.fs.OpenFlags;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.security.LandlockAccess;

/** Gives up all files but those below one directory, for the calling thread and for ever, and shows that it holds. */
final class Sandbox {

    private static final LandlockAccess READING = LANDLOCK_ACCESS_FS_READ_FILE.or(LANDLOCK_ACCESS_FS_READ_DIR);

    private Sandbox() {}

    static void enter(Linux linux, String directory) {
        try (FileDescriptor ruleset =
                        linux.security().landlockCreateRuleset(READING.or(LANDLOCK_ACCESS_FS_WRITE_FILE));
                FileDescriptor allowed = linux.fs().open(directory, OpenFlags.O_PATH.or(OpenFlags.O_CLOEXEC))) {
            linux.security().landlockAddRule(ruleset, READING, allowed);
            linux.process().setNoNewPrivs();
            linux.security().landlockRestrictSelf(ruleset);
        }
    }

    /** {@return what opening a file answers: {@code opened}, or the error} */
    static String open(Linux linux, String path) {
        try {
            linux.fs().open(path, OpenFlags.O_RDONLY.or(OpenFlags.O_CLOEXEC)).close();
            return "opened " + path;
        } catch (SyscallException refusal) {
            return refusal.getMessage();
        }
    }

    public static void main(String[] arguments) {
        Linux linux = Linux.host();
        enter(linux, arguments[0]);
        System.out.println(open(linux, arguments[0]));
        System.out.println(open(linux, "/etc/passwd"));
    }
}
