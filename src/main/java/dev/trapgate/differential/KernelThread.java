package dev.trapgate.differential;

/** A thread that makes calls, as its kernel sees it. */
interface KernelThread {

    /**
     * Says whether it sleeps in a call.
     *
     * @param number the call's number
     * @param arguments the call's six arguments
     * @return whether it has entered that call and sleeps there now
     */
    boolean isAsleep(int number, long... arguments);

    /** Ends it, as far as the end of the Java thread does not; called by itself, last of all. */
    void exit();

    /** {@return whether its kernel has done all that there is to do at its end} */
    boolean isGone();
}
