package dev.trapgate.junit;

import dev.trapgate.Gates;
import dev.trapgate.Linux;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/** One run of a test: by one gate, in a place of its own. */
final class GateInvocation
        implements TestTemplateInvocationContext, ExecutionCondition, ParameterResolver, AfterEachCallback {

    private final Gate gate;
    private final Syscall[] needs;
    private @Nullable TestPlace place;

    GateInvocation(Gate gate, Syscall[] needs) {
        this.gate = gate;
        this.needs = needs;
    }

    @Override
    public String getDisplayName(int index) {
        return gate.name();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
        return List.of(this);
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<String> unavailable = Gates.status(gate).unavailable();
        if (unavailable.isPresent()) {
            return ConditionEvaluationResult.disabled(gate + ": " + unavailable.get());
        }
        return place().missing(needs)
                .map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled(gate + " is open"));
    }

    @Override
    public boolean supportsParameter(ParameterContext context, ExtensionContext ignored) {
        Class<?> type = context.getParameter().getType();
        return context.isAnnotated(WorkingDirectory.class)
                ? type == String.class || type == Path.class
                : type == Linux.class || type == SyscallEntry.class || type == Gate.class;
    }

    @Override
    public Object resolveParameter(ParameterContext context, ExtensionContext ignored) {
        Parameter parameter = context.getParameter();
        if (parameter.getType() == Gate.class) {
            return gate;
        }
        if (parameter.getType() == Linux.class) {
            return place().linux();
        }
        if (parameter.getType() == SyscallEntry.class) {
            return place().entry();
        }
        String directory = place().directory();
        return parameter.getType() == String.class ? directory : Path.of(directory);
    }

    private TestPlace place() {
        TestPlace open = place;
        if (open == null) {
            open = TestPlace.behind(gate);
            place = open;
        }
        return open;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        TestPlace open = place;
        if (open != null) {
            place = null;
            open.close();
        }
    }
}
