package dev.trapgate.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Abi;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    openat; X86_64; 7;               7
                    openat; X86_64; -2;              -1 ENOENT (No such file or directory)
                    read;   X86_64; -4095;           -1 (errno 4095)
                    lseek;  X86_64; -4096;           -4096
                    mmap;   X86_64; 140737488351232; 0x7ffffffff000
                    mmap2;  I386;   -135004160;      0xf7f40000
                    brk;    X86_64; 0;               0
                    umask;  X86_64; 18;              0022
                    """)
    void writesValueOrError(String call, Abi abi, long result, String text) {
        assertThat(ResultText.of(call, abi, result)).isEqualTo(text);
    }
}
