package dev.trapgate.emulator.linux.fs;

/**
 * A file system's numbers: {@code struct kstatfs}.
 *
 * @param type its magic number
 * @param blockSize bytes a block
 * @param blocks blocks in all
 * @param freeBlocks blocks that are free
 * @param files inodes in all
 * @param freeFiles inodes that are free
 * @param nameLength the longest name in bytes
 */
public record Kstatfs(
        long type, long blockSize, long blocks, long freeBlocks, long files, long freeFiles, long nameLength) {

    private static final int PAGE_SIZE = 4096;
    private static final int NAME_MAX = 255;

    /** {@return those of a file system without a size: {@code simple_statfs}} */
    static Kstatfs simple(long magic) {
        return new Kstatfs(magic, PAGE_SIZE, 0, 0, 0, 0, NAME_MAX);
    }
}
