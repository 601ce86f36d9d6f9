package dev.trapgate.junit;

import dev.trapgate.entry.Gate;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** What JUnit asks how often to run a {@link LinuxTest}, and with what. */
public final class LinuxTestExtension implements TestTemplateInvocationContextProvider {

    /** JUnit makes one. */
    public LinuxTestExtension() {}

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getTestMethod(), LinuxTest.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        LinuxTest test = AnnotationSupport.findAnnotation(context.getTestMethod(), LinuxTest.class)
                .orElseThrow();
        Gate[] gates = test.gates();
        if (gates.length == 0) {
            throw new ExtensionConfigurationException(
                    "@LinuxTest(gates = {}) of " + context.getDisplayName() + " runs over no gate; name one or more");
        }
        return Arrays.stream(gates).map(gate -> new GateInvocation(gate, test.needs()));
    }
}
