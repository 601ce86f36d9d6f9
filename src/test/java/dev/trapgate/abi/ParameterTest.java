package dev.trapgate.abi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterTest {

    @Test
    void writesAParameterAsCDoes() {
        assertThat(new Parameter("const char *", "filename")).hasToString("const char *filename");
        assertThat(new Parameter("struct iocb **", "iocbpp")).hasToString("struct iocb **iocbpp");
        assertThat(new Parameter("const void *const", "rule_attr")).hasToString("const void *const rule_attr");
        assertThat(new Parameter("unsigned int", "fd")).hasToString("unsigned int fd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"void *", "const char *const *", "const void *const", "cap_user_header_t", "compat_uptr_t"})
    void knowsAnAddress(String type) {
        assertThat(new Parameter(type, "p").isPointer()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"int", "size_t", "aio_context_t", "const clockid_t", "mqd_t"})
    void knowsAValue(String type) {
        assertThat(new Parameter(type, "v").isPointer()).isFalse();
    }
}
