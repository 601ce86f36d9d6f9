package dev.trapgate.differential;

import dev.trapgate.notation.CallArgument;
import dev.trapgate.notation.CallArgument.Term.Reference;
import java.util.stream.Stream;

/** Finds the names that an argument uses. */
final class References {

    private References() {}

    /** {@return the references in an argument, in the order in which they stand there} */
    static Stream<Reference> in(CallArgument argument) {
        return switch (argument) {
            case CallArgument.Flags flags ->
                flags.terms().stream().filter(Reference.class::isInstance).map(Reference.class::cast);
            case CallArgument.Edge edge -> in(edge.memory());
            case CallArgument.Structured structured ->
                structured.elements().stream().flatMap(References::in);
            case CallArgument.Fields fields ->
                fields.initializers().stream().flatMap(initializer -> in(initializer.value()));
            case CallArgument.Values values -> values.elements().stream().flatMap(References::in);
            case CallArgument.Scalar scalar -> Stream.empty();
            case CallArgument.Input input -> Stream.empty();
            case CallArgument.Output output -> Stream.empty();
        };
    }

    /** {@return the references of a step} */
    static Stream<Reference> in(Step step) {
        return switch (step) {
            case Step.Memory memory -> in(memory.argument());
            case Step.Call call -> call.arguments().stream().flatMap(References::in);
            case Step.Handler handler -> Stream.empty();
            case Step.Await await -> Stream.empty();
            case Step.Join join -> Stream.empty();
        };
    }
}
