package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.linux.fs.File;

/** What an open file does that wants to know of its mappings: {@code open} and {@code close} of {@code vm_operations_struct}. */
public interface MappingObserver {

    /**
     * Hears that a change of a program's memory is complete.
     *
     * @param file the open file
     * @param opened how many mappings of the file were made, parts of split ones included
     * @param closed how many ended
     */
    void mappingsChanged(File file, int opened, int closed);
}
