package dev.trapgate.differential.grammar;

import java.util.List;

/** The calls of one subject. */
@FunctionalInterface
public interface Grammar {

    /** {@return the calls, with their weights} */
    List<Production> productions();

    /**
     * Makes what the subject's calls are about, so that a scenario of a few calls gets somewhere.
     *
     * @param situation a scenario without a step
     */
    default void begin(Situation situation) {}

    /** {@return every call that scenarios are generated of} */
    static List<Production> all() {
        return subjects().stream()
                .flatMap(grammar -> grammar.productions().stream())
                .toList();
    }

    /** {@return all subjects} */
    static List<Grammar> subjects() {
        return List.of(
                new FileGrammar(),
                new VectorGrammar(),
                new DirectoryGrammar(),
                new StatusGrammar(),
                new PipeGrammar(),
                new EventGrammar(),
                new SocketGrammar(),
                new TransferGrammar(),
                new LockGrammar(),
                new MemoryGrammar(),
                new TimeGrammar(),
                new TimerGrammar(),
                new IpcGrammar(),
                new IdentityGrammar(),
                new FutexGrammar(),
                new InternetGrammar(),
                new SignalGrammar(),
                new ProcessGrammar());
    }
}
