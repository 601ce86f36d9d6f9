/** Sockets of the Internet, both versions, over a loopback of the machine's own: net/ipv4 and net/ipv6, Linux 6.18. */
@NullMarked
package dev.trapgate.emulator.linux.net.ipv4;

import org.jspecify.annotations.NullMarked;
