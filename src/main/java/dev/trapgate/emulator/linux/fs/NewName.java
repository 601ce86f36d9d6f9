package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.Task;

/**
 * A name that is to be: a negative {@code struct dentry}.
 *
 * @param current the calling task, whose ids a new file gets
 * @param parent the directory
 * @param name the name
 */
public record NewName(Task current, Dentry parent, String name) {

    /** {@return the directory} */
    public Directory directory() {
        return (Directory) parent.inode();
    }
}
