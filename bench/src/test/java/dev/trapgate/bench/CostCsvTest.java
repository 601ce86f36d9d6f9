package dev.trapgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CostCsvTest {

    private final List<String> lines = List.of(SampleReport.make().csv().split("\r\n"));

    @Test
    void beginsWithItsColumns() {
        assertThat(lines.getFirst()).startsWith("call,caller,gate,linkage,depth,batch,ns_per_op,error,");
    }

    @Test
    void hasALineForEveryRowAndAsManyCellsAsColumns() {
        assertThat(lines).hasSize(SampleReport.ROWS.size() + 1);
        assertThat(lines).allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(17));
    }

    @Test
    void givesFiguresAsJsonDoes() {
        assertThat(lines).anySatisfy(line -> assertThat(line)
                .startsWith("getppid,java,SYSCALL,ordinary,0,1,165.0,")
                .endsWith(",c SYSCALL,1.1,1.1,1.1,0.6875,2,"));
    }

    @Test
    void saysWhyARowIsMissing() {
        assertThat(lines).contains("getppid,jni,GLIBC,ordinary,0,1,,,,,c GLIBC,,,,,0,there is no C compiler");
    }
}
