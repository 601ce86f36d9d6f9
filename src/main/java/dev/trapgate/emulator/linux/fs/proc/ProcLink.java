package dev.trapgate.emulator.linux.fs.proc;

import dev.trapgate.emulator.linux.fs.SuperBlock;
import dev.trapgate.emulator.linux.fs.SymbolicLink;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.function.Function;

/** A symbolic link whose text depends on who reads it: {@code /proc/self} of fs/proc/self.c. */
final class ProcLink extends SymbolicLink {

    private final Function<Task, String> text;

    ProcLink(SuperBlock superBlock, long now, Function<Task, String> text) {
        super(superBlock, S_IFLNK | 0777, 0, 0, now);
        this.text = text;
        setLinks(1);
    }

    @Override
    public String target(Task current) {
        return text.apply(current);
    }
}
