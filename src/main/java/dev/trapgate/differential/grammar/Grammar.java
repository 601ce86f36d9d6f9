package dev.trapgate.differential.grammar;

import java.util.List;
import java.util.stream.Stream;

/** The calls of one subject. */
@FunctionalInterface
public interface Grammar {

    /** {@return the calls, with their weights} */
    List<Production> productions();

    /** {@return every call that scenarios are generated of} */
    static List<Production> all() {
        return Stream.<Grammar>of(
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
                        new IdentityGrammar())
                .flatMap(grammar -> grammar.productions().stream())
                .toList();
    }
}
