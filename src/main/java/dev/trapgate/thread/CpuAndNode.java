package dev.trapgate.thread;

/**
 * Where a thread ran a moment ago.
 *
 * @param cpu the processor's number
 * @param node the NUMA node's number
 */
public record CpuAndNode(int cpu, int node) {}
