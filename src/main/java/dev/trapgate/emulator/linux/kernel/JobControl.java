package dev.trapgate.emulator.linux.kernel;

/** A process's group and session: {@code signal_struct.pids}. */
public final class JobControl {

    private final int tgid;
    private volatile int processGroup;
    private volatile int session;

    /**
     * Begins in a group and a session that another process leads.
     *
     * @param tgid the process's own id
     * @param leader the id of the leader of both
     */
    public JobControl(int tgid, int leader) {
        this.tgid = tgid;
        this.processGroup = leader;
        this.session = leader;
    }

    /** {@return the same for a child, which begins in the same group and session} */
    JobControl fork(int child) {
        JobControl copy = new JobControl(child, session);
        copy.processGroup = processGroup;
        return copy;
    }

    /** {@return the id of its process group} */
    public int processGroup() {
        return processGroup;
    }

    /** {@return the id of its session} */
    public int session() {
        return session;
    }

    /** {@return whether it leads its session} */
    public boolean leadsSession() {
        return session == tgid;
    }

    /** {@return whether it leads its process group} */
    public boolean leadsGroup() {
        return processGroup == tgid;
    }

    /** Moves it to another group of its session. */
    public void joinGroup(int group) {
        processGroup = group;
    }

    /** Makes it the leader of a new session and a new group. */
    public void lead() {
        session = tgid;
        processGroup = tgid;
    }
}
