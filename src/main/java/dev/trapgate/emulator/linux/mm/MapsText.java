package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.fs.File;
import java.util.Formatter;
import java.util.Locale;
import java.util.function.Function;

/** What /proc/self/maps says: {@code show_map_vma} of fs/proc/task_mmu.c, Linux 6.18. */
public final class MapsText {

    private static final int NAME_COLUMN = 73;
    private static final int MAJOR_SHIFT = 8;
    private static final int MINOR_MASK = 0xff;

    private final Mm mm;
    private final Function<File, String> path;

    private MapsText(Mm mm, Function<File, String> path) {
        this.mm = mm;
        this.path = path;
    }

    /**
     * {@return a line for each mapping}
     *
     * @param mm the program's memory
     * @param path what an open file is called: {@code d_path}
     */
    public static String of(Mm mm, Function<File, String> path) {
        MapsText maps = new MapsText(mm, path);
        StringBuilder text = new StringBuilder();
        mm.areas().forEach(area -> maps.line(text, area));
        return text.toString();
    }

    private void line(StringBuilder text, Vma area) {
        int start = text.length();
        File file = area.file();
        long offset = file == null ? 0 : area.pgoff() << PageFrames.PAGE_SHIFT;
        int device = file == null ? 0 : file.inode().superBlock().device();
        long inode = file == null ? 0 : file.inode().number();
        new Formatter(text, Locale.ROOT)
                .format(
                        "%08x-%08x %s %08x %02x:%02x %d ",
                        area.start(),
                        area.end(),
                        rights(area),
                        offset,
                        device >>> MAJOR_SHIFT,
                        device & MINOR_MASK,
                        inode);
        String name = name(area);
        if (!name.isEmpty()) {
            text.repeat(' ', Math.max(0, NAME_COLUMN - (text.length() - start))).append(name);
        }
        text.append('\n');
    }

    private static String rights(Vma area) {
        return (area.has(VmFlags.VM_READ) ? "r" : "-")
                + (area.has(VmFlags.VM_WRITE) ? "w" : "-")
                + (area.has(VmFlags.VM_EXEC) ? "x" : "-")
                + (area.has(VmFlags.VM_MAYSHARE) ? "s" : "p");
    }

    private String name(Vma area) {
        File file = area.file();
        if (file != null) {
            return path.apply(file).replace("\n", "\\012");
        }
        boolean isHeap = area.start() < mm.brk() && area.end() > mm.brkStart();
        return isHeap ? "[heap]" : area.name();
    }
}
