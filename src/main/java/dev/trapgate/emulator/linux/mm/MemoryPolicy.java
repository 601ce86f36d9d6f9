package dev.trapgate.emulator.linux.mm;

/**
 * On which nodes pages go: {@code struct mempolicy} of mm/mempolicy.c. The machine has one node, number 0, so that a
 * policy is only remembered.
 *
 * @param mode MPOL_*, without the flags
 * @param modeFlags MPOL_F_STATIC_NODES, MPOL_F_RELATIVE_NODES, MPOL_F_NUMA_BALANCING
 * @param nodes the nodes in effect, as bits
 * @param userNodes the nodes that the program named, as bits
 */
public record MemoryPolicy(int mode, int modeFlags, long nodes, long userNodes) {}
