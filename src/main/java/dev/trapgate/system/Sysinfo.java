package dev.trapgate.system;

import java.time.Duration;

/**
 * How the system does, {@code struct sysinfo}.
 *
 * @param uptime since the start, to the second
 * @param load1 the load of the last minute
 * @param load5 of the last five
 * @param load15 of the last fifteen
 * @param totalRam in bytes
 * @param freeRam in bytes, without what caches could give back
 * @param sharedRam in bytes
 * @param bufferRam in bytes
 * @param totalSwap in bytes
 * @param freeSwap in bytes
 * @param processes how many processes and threads there are; 16 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/sysinfo.2.html">sysinfo(2)</a>
 */
public record Sysinfo(
        Duration uptime,
        double load1,
        double load5,
        double load15,
        long totalRam,
        long freeRam,
        long sharedRam,
        long bufferRam,
        long totalSwap,
        long freeSwap,
        int processes) {}
