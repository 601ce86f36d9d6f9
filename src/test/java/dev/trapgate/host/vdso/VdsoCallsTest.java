package dev.trapgate.host.vdso;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import org.junit.jupiter.api.Test;

class VdsoCallsTest {

    private static final int ENOSYS = 38;

    @Test
    void anAbsentFunctionTakesItsArgumentsAndAnswersEnosys() throws Throwable {
        MethodHandle narrow = VdsoCalls.absent(FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
        MethodHandle wide = VdsoCalls.absent(FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));

        assertThat((int) narrow.invokeExact(1, 2L)).isEqualTo(-ENOSYS);
        assertThat((long) wide.invokeExact(1L)).isEqualTo(-ENOSYS);
    }
}
