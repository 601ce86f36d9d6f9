package dev.trapgate.emulator.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever is in the tables and registers: no Java exception, and no supervisor's page for a program. */
class RandomMachineTest {

    @Property(tries = 2000)
    void aDamagedMachineNeverThrowsAndNeverLetsAProgramAtTheKernelsMemory(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int entries) {
        try (RandomMachine machine = new RandomMachine(seed)) {
            for (int i = 0; i < entries && machine.enter(); i++) {
                assertThat(machine.breach()).isEmpty();
            }
        }
    }
}
