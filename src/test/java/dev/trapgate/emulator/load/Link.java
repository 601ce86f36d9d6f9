package dev.trapgate.emulator.load;

/** A way for numbers from one thread to another, who sleeps until one comes. */
interface Link {

    /** Sends a number, at least 1; sleeps while there is no room. */
    void send(long number);

    /** {@return the next number; sleeps until there is one} */
    long receive();
}
