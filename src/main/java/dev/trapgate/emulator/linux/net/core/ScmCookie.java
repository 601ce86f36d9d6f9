package dev.trapgate.emulator.linux.net.core;

import java.util.List;

/**
 * What goes along with a message: {@code struct scm_cookie}.
 *
 * @param sender who sent it
 * @param files open files
 */
public record ScmCookie(Ucred sender, List<PassedFile> files) {

    /** Nothing, from nobody. */
    public static final ScmCookie NONE = new ScmCookie(Ucred.NOBODY, List.of());

    /** Keeps a copy of the list. */
    public ScmCookie {
        files = List.copyOf(files);
    }

    /** {@return the same without files} */
    public ScmCookie withoutFiles() {
        return files.isEmpty() ? this : new ScmCookie(sender, List.of());
    }

    /** Ends the way of its files. */
    public void drop() {
        files.forEach(PassedFile::drop);
    }
}
