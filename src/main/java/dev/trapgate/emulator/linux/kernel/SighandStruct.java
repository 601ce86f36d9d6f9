package dev.trapgate.emulator.linux.kernel;

import java.util.Arrays;

/** What a process does about signals, which CLONE_SIGHAND shares: {@code struct sighand_struct}. */
final class SighandStruct {

    private final SignalAction[] actions;

    /** Begins with the default for all signals. */
    SighandStruct() {
        actions = new SignalAction[Signal.LAST + 1];
        Arrays.fill(actions, SignalAction.DEFAULT);
    }

    private SighandStruct(SignalAction[] actions) {
        this.actions = actions;
    }

    /** {@return what is done about a signal, 1 to 64} */
    synchronized SignalAction action(int signal) {
        return actions[signal];
    }

    /** Sets what is done about a signal, 1 to 64. */
    synchronized void setAction(int signal, SignalAction action) {
        actions[signal] = action;
    }

    /** {@return the same for a child that shares it: {@code copy_sighand} with CLONE_SIGHAND} */
    synchronized SighandStruct share() {
        return this;
    }

    /** {@return a copy for a child} */
    synchronized SighandStruct copy() {
        return new SighandStruct(actions.clone());
    }

    /** {@return a copy without handlers: CLONE_CLEAR_SIGHAND, {@code flush_signal_handlers}} */
    synchronized SighandStruct exec() {
        SighandStruct copy = new SighandStruct();
        for (int signal = 1; signal < actions.length; signal++) {
            if (actions[signal].kind() == SignalAction.Kind.IGNORE) {
                copy.actions[signal] = SignalAction.IGNORE;
            }
        }
        return copy;
    }
}
