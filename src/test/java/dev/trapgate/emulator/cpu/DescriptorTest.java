package dev.trapgate.emulator.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DescriptorTest {

    @Test
    void decodesLinuxsOwnDescriptors() {
        long kernelCode64 = 0x00af_9b00_0000_ffffL; // GDT_ENTRY_INIT(0xa09b, 0, 0xfffff)
        assertThat(Descriptor.flat(Descriptor.CODE | Descriptor.WRITABLE, 0, Descriptor.Width.BITS_64))
                .isEqualTo(kernelCode64);
        long userData = 0x00cf_f300_0000_ffffL; // GDT_ENTRY_INIT(0xc0f3, 0, 0xfffff)
        assertThat(Descriptor.flat(Descriptor.WRITABLE, 3, Descriptor.Width.BITS_32))
                .isEqualTo(userData);
    }

    @Test
    void appliesGranularityToTheLimit() {
        assertThat(Descriptor.limit(0x00cf_f300_0000_ffffL)).isEqualTo(0xffff_ffffL);
        assertThat(Descriptor.limit(0x004f_f300_0000_ffffL)).isEqualTo(0xf_ffffL);
    }

    @Property
    void aTaskStateSegmentHasTheBaseAndLimitItWasMadeWith(
            @ForAll int base, @ForAll @IntRange(min = 0, max = 0xf_ffff) int limit) {
        long descriptor = Descriptor.taskStateSegment(base & 0xffff_ffffL, limit);
        assertThat(Descriptor.base(descriptor)).isEqualTo(base & 0xffff_ffffL);
        assertThat(Descriptor.limit(descriptor)).isEqualTo(limit);
        assertThat(Descriptor.isCodeOrData(descriptor)).isFalse();
        assertThat(Descriptor.type(descriptor)).isEqualTo(Descriptor.TSS_AVAILABLE);
    }

    @Property
    void aGateHasTheFieldsItWasMadeWith(
            @ForAll long offset,
            @ForAll @IntRange(min = 0, max = 0xffff) int selector,
            @ForAll @IntRange(min = 0, max = 3) int dpl,
            @ForAll @IntRange(min = 0, max = 7) int stack) {
        long low = GateDescriptor.low(GateDescriptor.TRAP, dpl, selector, offset, stack);
        assertThat(GateDescriptor.offset(low, GateDescriptor.high(offset))).isEqualTo(offset);
        assertThat(GateDescriptor.selector(low)).isEqualTo(selector);
        assertThat(GateDescriptor.dpl(low)).isEqualTo(dpl);
        assertThat(GateDescriptor.stack(low)).isEqualTo(stack);
        assertThat(GateDescriptor.type(low)).isEqualTo(GateDescriptor.TRAP);
        assertThat(GateDescriptor.isPresent(low)).isTrue();
    }
}
