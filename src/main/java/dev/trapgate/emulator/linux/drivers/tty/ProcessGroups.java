package dev.trapgate.emulator.linux.drivers.tty;

import dev.trapgate.emulator.linux.kernel.Signal;

/** The process groups of a machine, as a terminal needs them. */
public interface ProcessGroups {

    /** Stands for no group and no session. */
    int NONE = 0;

    /**
     * Sends a signal to each process of a group: {@code kill_pgrp}.
     *
     * @param group the group's id
     * @param signal the signal
     */
    void send(int group, Signal signal);

    /**
     * {@return the session that a group belongs to; {@link #NONE} if there is no such group}
     *
     * @param group the group's id
     */
    int sessionOf(int group);

    /**
     * {@return whether nobody in its session could continue a group if it stopped: {@code is_current_pgrp_orphaned}}
     *
     * @param group the group's id
     */
    boolean isOrphaned(int group);
}
