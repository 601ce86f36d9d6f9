package dev.trapgate.net;

import dev.trapgate.kernel.Gid;
import dev.trapgate.kernel.Pid;
import dev.trapgate.kernel.Uid;

/**
 * Who is at the other end of an AF_UNIX socket, {@code struct ucred}, as of when it was connected.
 *
 * @param pid the process, 0 if it is in another PID namespace
 * @param uid the effective user
 * @param gid the effective group
 */
public record Credentials(Pid pid, Uid uid, Gid gid) {}
