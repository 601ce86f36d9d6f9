package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A walk along a path: {@code struct nameidata} and the functions around {@code link_path_walk} in fs/namei.c, Linux
 * 6.18. Steps answer 0 or an error number negated and leave where they came to in {@link #path}.
 */
final class Nameidata {

    /** Follow a symbolic link at the end. */
    static final int LOOKUP_FOLLOW = 0x1;
    /** Want a directory. */
    static final int LOOKUP_DIRECTORY = 0x2;
    /** Follow no symbolic link at all. */
    static final int LOOKUP_NO_SYMLINKS = 0x1_0000;
    /** Follow no link of /proc that leads anywhere. */
    static final int LOOKUP_NO_MAGICLINKS = 0x2_0000;
    /** Stay on one mounted file system. */
    static final int LOOKUP_NO_XDEV = 0x4_0000;
    /** Stay below where the walk begins. */
    static final int LOOKUP_BENEATH = 0x8_0000;
    /** Take where the walk begins for the root. */
    static final int LOOKUP_IN_ROOT = 0x10_0000;

    /** Find only what the kernel has at hand; a name that is not there must be looked for. */
    static final int LOOKUP_CACHED = 0x20_0000;

    /** The descriptor that stands for the working directory. */
    static final int AT_FDCWD = -100;
    /** Flag of calls: do not follow a symbolic link at the end. */
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    /** Flag of calls: an empty name means the descriptor's own file. */
    static final int AT_EMPTY_PATH = 0x1000;

    private static final int LOOKUP_IS_SCOPED = LOOKUP_BENEATH | LOOKUP_IN_ROOT;
    private static final int MAXSYMLINKS = 40;
    /** The longest name in bytes. */
    static final int NAME_MAX = 255;

    /** What a component is. */
    enum LastType {
        /** A name. */
        NORM,
        /** None: the path was only slashes. */
        ROOT,
        /** {@code .}. */
        DOT,
        /** {@code ..}. */
        DOTDOT
    }

    /** Where a component stands. */
    private enum Position {
        INNER,
        TRAILING
    }

    private final Task current;
    private final Credentials credentials;
    private final int dirfd;
    private int flags;
    private Path root;
    private Path path;
    private String last = "";
    private LastType lastType = LastType.ROOT;
    private boolean trailingSlash;
    private @Nullable String link;
    private int links;

    /**
     * Prepares a walk with a task's own rights.
     *
     * @param current the task
     * @param dirfd where relative paths begin: a descriptor or AT_FDCWD
     * @param flags LOOKUP_* flags
     */
    Nameidata(Task current, int dirfd, int flags) {
        this(current, current.credentials(), dirfd, flags);
    }

    /** Prepares a walk with other rights. */
    Nameidata(Task current, Credentials credentials, int dirfd, int flags) {
        this.current = current;
        this.credentials = credentials;
        this.dirfd = dirfd;
        this.flags = flags;
        this.root = current.process().fs().root();
        this.path = root;
    }

    /** {@return where the walk has come to} */
    Path path() {
        return path;
    }

    /** {@return the directory it has come to} */
    Dentry dentry() {
        return path.dentry();
    }

    /** {@return the same directory's inode, after {@link #parent}} */
    Directory directory() {
        return (Directory) path.inode();
    }

    /**
     * {@return 0, or −ENAMETOOLONG if the last component is longer than a name may be: {@code simple_lookup}, which is not
     * asked where only names that are cached count}
     */
    long checkLength() {
        if (last.length() <= NAME_MAX) {
            return 0;
        }
        return (flags & LOOKUP_CACHED) != 0 ? ErrorNumbers.EAGAIN : ErrorNumbers.ENAMETOOLONG;
    }

    /** {@return the last component, after {@link #parent}} */
    String last() {
        return last;
    }

    /** {@return what the last component is} */
    LastType lastType() {
        return lastType;
    }

    /** {@return whether slashes follow the last component} */
    boolean hasTrailingSlash() {
        return trailingSlash;
    }

    /** {@return whether the walk wants a directory at the end: asked for, or because slashes follow} */
    boolean wantsDirectory() {
        return (flags & LOOKUP_DIRECTORY) != 0;
    }

    /** Finds what a path names: {@code path_lookupat}. */
    long lookup(String name) {
        long error = begin(name);
        String rest = name;
        while (error == 0) {
            error = linkPathWalk(rest);
            if (error == 0) {
                error = lookupLast();
            }
            if (link == null) {
                break;
            }
            rest = link;
        }
        if (error == 0) {
            error = complete();
        }
        return error == 0 && wantsDirectory() && !isDirectory() ? ErrorNumbers.ENOTDIR : error;
    }

    /** Finds the directory of a path's last component: {@code filename_parentat}. */
    long parent(String name) {
        long error = begin(name);
        return error == 0 ? linkPathWalk(name) : error;
    }

    /** Goes on with a name that a link gave, to the directory of its last component. */
    long parentOfLink(String target) {
        return linkPathWalk(target);
    }

    /** {@return the target of the link that the last step found, to walk on with; null if it found none} */
    @Nullable
    String link() {
        return link;
    }

    /** {@code path_init}. */
    long begin(String name) {
        link = null;
        if (name.startsWith("/") && (flags & LOOKUP_IN_ROOT) == 0) {
            return jumpToRoot();
        }
        long error = begin(dirfd, name);
        if (error == 0 && (flags & LOOKUP_IS_SCOPED) != 0) {
            root = path;
        }
        return error;
    }

    private long begin(int descriptor, String name) {
        if (descriptor == AT_FDCWD) {
            path = current.process().fs().pwd();
            return 0;
        }
        File file = current.files().getRaw(descriptor);
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        path = file.path();
        file.release();
        return !name.isEmpty() && !isDirectory() ? ErrorNumbers.ENOTDIR : 0;
    }

    /** {@code nd_jump_root}. */
    private long jumpToRoot() {
        if ((flags & LOOKUP_BENEATH) != 0) {
            return ErrorNumbers.EXDEV;
        }
        if ((flags & LOOKUP_NO_XDEV) != 0 && path.mount() != root.mount()) {
            return ErrorNumbers.EXDEV;
        }
        path = root;
        return 0;
    }

    /** {@code complete_walk}: where a scoped walk ends must lie within its scope. */
    long complete() {
        boolean outside = (flags & LOOKUP_IS_SCOPED) != 0 && !isUnder(path, root);
        return outside ? ErrorNumbers.EXDEV : 0;
    }

    private static boolean isUnder(Path path, Path root) {
        Path at = path;
        while (at.mount() != root.mount()) {
            Path above = at.mount().at();
            if (above == null) {
                return false;
            }
            at = above;
        }
        return root.dentry().contains(at.dentry());
    }

    private boolean isDirectory() {
        return path.inode() instanceof Directory;
    }

    /** Takes all components but the last, which it leaves in {@link #last}: {@code link_path_walk}. */
    private long linkPathWalk(String whole) {
        lastType = LastType.ROOT;
        trailingSlash = false;
        link = null;
        // What follows the links that it is within: most paths have none.
        @Nullable Deque<String> rests = null;
        String name = whole;
        int at = skipSlashes(name, 0);
        while (at < name.length()) {
            long refusal = Permissions.check(credentials, path.inode(), Permissions.MAY_EXEC);
            if (refusal != 0) {
                return inCache(refusal);
            }
            at = takeComponent(name, at);
            if (at == name.length()) {
                if (rests == null || rests.isEmpty()) {
                    return 0;
                }
                name = rests.pop();
                at = 0;
            }
            long error = walkComponent(Position.INNER);
            if (error != 0) {
                return error;
            }
            if (link != null) {
                rests = rests == null ? new ArrayDeque<>() : rests;
                rests.push(name.substring(at));
                name = link;
                at = 0;
                link = null;
            } else if (!isDirectory()) {
                return inCache(ErrorNumbers.ENOTDIR);
            }
        }
        return 0;
    }

    /** {@return an error that is only given after {@code try_to_unlazy}, which LOOKUP_CACHED does not let succeed} */
    private long inCache(long error) {
        return (flags & LOOKUP_CACHED) != 0 ? ErrorNumbers.EAGAIN : error;
    }

    /**
     * Makes a component of a path the last one seen.
     *
     * @param name the path
     * @param start where the component begins
     * @return where the next one begins; the path's length if it was the last
     */
    private int takeComponent(String name, int start) {
        int slash = name.indexOf('/', start);
        int end = slash < 0 ? name.length() : slash;
        last = name.substring(start, end);
        trailingSlash = slash >= 0;
        lastType = switch (last) {
            case "." -> LastType.DOT;
            case ".." -> LastType.DOTDOT;
            default -> LastType.NORM;
        };
        return skipSlashes(name, end);
    }

    /** {@return where something other than a slash stands} */
    private static int skipSlashes(String name, int from) {
        int at = from;
        while (at < name.length() && name.charAt(at) == '/') {
            at++;
        }
        return at;
    }

    /** {@code lookup_last}: slashes behind a name want a directory there. */
    private long lookupLast() {
        if (lastType == LastType.NORM && trailingSlash) {
            wantDirectory();
        }
        return walkComponent(Position.TRAILING);
    }

    /** Follows a link at the end and wants a directory there: what slashes behind a name ask for. */
    void wantDirectory() {
        flags |= LOOKUP_FOLLOW | LOOKUP_DIRECTORY;
    }

    private long walkComponent(Position position) {
        link = null;
        if (lastType != LastType.NORM) {
            return handleDots();
        }
        long tooLong = checkLength();
        if (tooLong != 0) {
            return tooLong;
        }
        Dentry next = directory().lookup(current, path.dentry(), last);
        return next == null ? absent() : stepInto(next, position);
    }

    /** {@return the error for a name that is not there} */
    long absent() {
        return (flags & LOOKUP_CACHED) != 0 ? ErrorNumbers.EAGAIN : ErrorNumbers.ENOENT;
    }

    /** {@code handle_dots}. */
    long handleDots() {
        if (lastType != LastType.DOTDOT) {
            return 0;
        }
        Path at = path;
        while (!isRoot(at) && at.dentry() == at.mount().root()) {
            Path above = at.mount().at();
            if (above == null) {
                return (flags & LOOKUP_BENEATH) != 0 ? ErrorNumbers.EXDEV : 0;
            }
            if ((flags & LOOKUP_NO_XDEV) != 0) {
                return ErrorNumbers.EXDEV;
            }
            at = above;
        }
        if (isRoot(at)) {
            return (flags & LOOKUP_BENEATH) != 0 ? ErrorNumbers.EXDEV : 0;
        }
        path = new Path(at.mount(), at.dentry());
        return stepInto(at.dentry().parent(), Position.INNER);
    }

    private boolean isRoot(Path at) {
        return at.dentry() == root.dentry() && at.mount() == root.mount();
    }

    /** Steps to the walk's last component, whose dentry the caller has found: {@code step_into} with WALK_TRAILING. */
    long stepIntoLast(Dentry next) {
        link = null;
        return stepInto(next, Position.TRAILING);
    }

    /** {@code step_into}: over what is mounted there, and to the link if it is one. */
    private long stepInto(Dentry next, Position position) {
        Mount mount = path.mount();
        Dentry dentry = next;
        for (Mount over = dentry.mounted(); over != null; over = dentry.mounted()) {
            if ((flags & LOOKUP_NO_XDEV) != 0) {
                return ErrorNumbers.EXDEV;
            }
            mount = over;
            dentry = over.root();
        }
        if (dentry.inode() instanceof SymbolicLink symbolic
                && (position == Position.INNER || (flags & LOOKUP_FOLLOW) != 0)) {
            return pickLink(symbolic);
        }
        path = new Path(mount, dentry);
        return 0;
    }

    /** {@code pick_link}. */
    private long pickLink(SymbolicLink symbolic) {
        if (links++ >= MAXSYMLINKS || (flags & LOOKUP_NO_SYMLINKS) != 0) {
            return ErrorNumbers.ELOOP;
        }
        symbolic.accessed(current.process().timekeeper().realtime());
        if (symbolic.isMagic()) {
            return jump(symbolic);
        }
        String target = symbolic.target(current);
        if (target == null) {
            return ErrorNumbers.ENOENT;
        }
        String rest = target;
        if (target.startsWith("/")) {
            long error = jumpToRoot();
            if (error != 0) {
                return error;
            }
            rest = target.substring(skipSlashes(target, 0));
        }
        link = rest.isEmpty() ? null : rest;
        return 0;
    }

    /** {@code nd_jump_link}. */
    private long jump(SymbolicLink magic) {
        if ((flags & LOOKUP_NO_MAGICLINKS) != 0) {
            return ErrorNumbers.ELOOP;
        }
        Path destination = magic.jump(current);
        if (destination == null) {
            return ErrorNumbers.ENOENT;
        }
        if ((flags & LOOKUP_NO_XDEV) != 0 && destination.mount() != path.mount()) {
            return ErrorNumbers.EXDEV;
        }
        if ((flags & LOOKUP_IS_SCOPED) != 0) {
            return ErrorNumbers.EXDEV;
        }
        path = destination;
        return 0;
    }
}
