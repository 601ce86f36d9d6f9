package dev.trapgate.emulator.linux.fs;

/** What a place in the tree is called: {@code prepend_path} and {@code d_path} of fs/d_path.c, Linux 6.18. */
public final class PathText {

    private static final String UNREACHABLE = "(unreachable)";
    private static final String DELETED = " (deleted)";

    private PathText() {}

    /** {@return the absolute name of a place as seen from a root; begins with (unreachable) if it is not below it} */
    static String of(Path path, Path root) {
        StringBuilder text = new StringBuilder();
        Path at = path;
        while (at.dentry() != root.dentry() || at.mount() != root.mount()) {
            Dentry dentry = at.dentry();
            Path above = at.mount().at();
            if (dentry == at.mount().root() && above != null) {
                at = above;
            } else if (dentry == at.mount().root() || dentry.isRoot()) {
                return UNREACHABLE + (text.isEmpty() ? "/" : text);
            } else {
                text.insert(0, "/" + dentry.name());
                at = new Path(at.mount(), dentry.parent());
            }
        }
        return text.isEmpty() ? "/" : text.toString();
    }

    /**
     * {@return what /proc calls an open file's place: {@code d_path}}
     *
     * @param path the place
     * @param root as seen from where
     */
    public static String shown(Path path, Path root) {
        Dentry dentry = path.dentry();
        if (dentry.isRoot() && path.mount().root() != dentry) {
            return dentry.name();
        }
        String text = of(path, root);
        String reached = text.startsWith(UNREACHABLE) ? text.substring(UNREACHABLE.length()) : text;
        return dentry.isUnlinked() ? reached + DELETED : reached;
    }
}
