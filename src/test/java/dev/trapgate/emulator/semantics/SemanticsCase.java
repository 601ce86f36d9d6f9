package dev.trapgate.emulator.semantics;

/**
 * One run of one line of the specification on one machine.
 *
 * @param line the line's number in docs/SEMANTICS
 * @param what what is checked, a clause
 * @param profile the machine
 * @param body the check
 */
record SemanticsCase(int line, String what, Profile profile, Body body) {

    /** A check of a program that has just begun. */
    @FunctionalInterface
    interface Body {
        void check(Program program) throws Exception;
    }

    void run() throws Exception {
        try (Program program = new Program(profile)) {
            body.check(program);
        }
    }

    @Override
    public String toString() {
        return "line " + line + ": " + what + " [" + profile + ']';
    }
}
