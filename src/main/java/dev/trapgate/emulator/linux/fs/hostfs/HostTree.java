package dev.trapgate.emulator.linux.fs.hostfs;

import java.util.List;

/**
 * A directory of the machine that the JVM runs on, with what is below it: all that a {@link HostfsSuperBlock} sees of that
 * machine. Who makes the emulated machine gives it one; the emulator itself reaches no file.
 *
 * <p>A path is the names from the directory down, none for the directory itself. Names are bytes, kept as characters 0 to 255,
 * without slash and NUL, and never {@code .} or {@code ..}. No symbolic link is ever followed, in the middle of a path
 * neither: what lies behind one is the emulated kernel's to find. An implementation keeps to that, and to its directory,
 * even while somebody changes the directory. Several threads may use one.
 */
public interface HostTree {

    /**
     * Says what a file is.
     *
     * @param path which
     * @return its status, that of a link itself for a symbolic link
     * @throws HostFileException if it is not there, or may not be looked at
     */
    HostFileStatus status(List<String> path) throws HostFileException;

    /**
     * Lists a directory.
     *
     * @param path which
     * @return its names in any order, without {@code .} and {@code ..}
     * @throws HostFileException ENOTDIR if it is no directory; if it is not there, or may not be read
     */
    List<String> names(List<String> path) throws HostFileException;

    /**
     * Reads a symbolic link.
     *
     * @param path which
     * @return what it says, bytes as characters 0 to 255
     * @throws HostFileException EINVAL if it is no link; if it is not there
     */
    String target(List<String> path) throws HostFileException;

    /**
     * Opens a regular file to read. Nothing else is ever opened.
     *
     * @param path which
     * @param expected what {@link #status} said of it
     * @return its contents
     * @throws HostFileException ESTALE if it is another file by now; if it is not there, or may not be read
     */
    HostContents open(List<String> path, HostFileStatus expected) throws HostFileException;
}
