package dev.trapgate.emulator.linux.fs.proc;

import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.SuperBlock;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.function.Function;

/** A file that says something of the moment it is read. Its size is 0 until then, and stays so. */
final class ProcFile extends Inode {

    private final Function<Task, String> text;

    ProcFile(SuperBlock superBlock, long now, int permissions, Function<Task, String> text) {
        super(superBlock, S_IFREG | permissions, 0, 0, now);
        this.text = text;
        setLinks(1);
    }

    /** {@return operations of their own for each open file: they keep what it reads} */
    @Override
    public FileOperations operations() {
        return new SeqFile(text);
    }
}
