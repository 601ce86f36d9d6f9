package dev.trapgate.emulator.linux.net.core;

import dev.trapgate.emulator.linux.fs.File;

/**
 * An open file on its way to another program: an element of {@code struct scm_fp_list}.
 *
 * @param file the file, with a reference of this one's
 * @param net which network's lock is held
 * @param landed what is done when it is not on its way any more
 */
public record PassedFile(File file, Net net, Runnable landed) {

    /** Ends the way without an arrival; the file is released once no lock is held. */
    public void drop() {
        landed.run();
        net.defer(file::release);
    }
}
