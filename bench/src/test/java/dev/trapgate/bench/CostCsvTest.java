package dev.trapgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CostCsvTest {

    private final List<String> lines =
            List.of(CostCsv.of(SampleReport.document()).split("\r\n"));

    @Test
    void beginsWithItsColumns() {
        assertThat(lines.getFirst())
                .startsWith("call,caller,label,gate,linkage,depth,batch,duplicate,ns_per_op,error,");
    }

    @Test
    void hasALineForEveryRowAndAsManyCellsAsColumns() {
        assertThat(lines).hasSize(SampleReport.ROWS.size() + 1);
        assertThat(lines).allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(24));
    }

    @Test
    void givesFiguresAsJsonDoes() {
        assertThat(lines).anySatisfy(line -> assertThat(line)
                .startsWith("getppid,java,java,SYSCALL,ordinary,0,1,false,165.0,")
                .endsWith(",c SYSCALL,1.1,1.1,1.1,0.6875,,,,,,2,"));
    }

    @Test
    void saysWhyARowIsMissing() {
        assertThat(lines)
                .contains("getppid,jni,jni,GLIBC,ordinary,0,1,false,,,,,c GLIBC,,,,,,,,,,0,there is no C compiler");
    }
}
