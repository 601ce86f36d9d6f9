package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.decode.Operand;

/** The operands of instructions as things to read and write. */
final class Places {

    private Places() {}

    /** {@return an operand that is read} */
    static Source source(Operand operand, CodeKind kind) {
        if (operand instanceof Operand.Immediate immediate) {
            long value = immediate.value() & mask(immediate.bits());
            return core -> value;
        }
        if (operand instanceof Operand.SegmentOperand segment) {
            return core -> core.segment(segment.segment()).selector();
        }
        return place(operand, kind);
    }

    /** {@return an operand that is written} */
    static Place place(Operand operand, CodeKind kind) {
        if (operand instanceof Operand.Register register) {
            return register(register);
        }
        if (operand instanceof Operand.Memory memory) {
            return new InMemory(Address.of(memory, kind), memory.bits() / 8);
        }
        throw new IllegalArgumentException(operand + " is no place");
    }

    static long mask(int bits) {
        return -1L >>> (64 - bits);
    }

    private static Place register(Operand.Register register) {
        int number = register.number();
        return switch (register.bits()) {
            case 8 -> new ByteRegister(number, register.part() == Operand.Part.HIGH ? 8 : 0);
            case 16 -> new WordRegister(number);
            case 32 -> new DoublewordRegister(number);
            default -> new QuadwordRegister(number);
        };
    }

    private record ByteRegister(int number, int shift) implements Place {

        @Override
        public long get(Core core) {
            return core.registers.get(number) >>> shift & 0xff;
        }

        @Override
        public long getForUpdate(Core core) {
            return get(core);
        }

        @Override
        public void set(Core core, long value) {
            long rest = core.registers.get(number) & ~(0xffL << shift);
            core.registers.set(number, rest | (value & 0xff) << shift);
        }
    }

    private record WordRegister(int number) implements Place {

        @Override
        public long get(Core core) {
            return core.registers.get16(number);
        }

        @Override
        public long getForUpdate(Core core) {
            return core.registers.get16(number);
        }

        @Override
        public void set(Core core, long value) {
            core.registers.set16(number, (int) value);
        }
    }

    private record DoublewordRegister(int number) implements Place {

        @Override
        public long get(Core core) {
            return core.registers.get32(number);
        }

        @Override
        public long getForUpdate(Core core) {
            return core.registers.get32(number);
        }

        @Override
        public void set(Core core, long value) {
            core.registers.set32(number, value);
        }
    }

    private record QuadwordRegister(int number) implements Place {

        @Override
        public long get(Core core) {
            return core.registers.get(number);
        }

        @Override
        public long getForUpdate(Core core) {
            return core.registers.get(number);
        }

        @Override
        public void set(Core core, long value) {
            core.registers.set(number, value);
        }
    }

    private record InMemory(Address address, int size) implements Place {

        @Override
        public long get(Core core) {
            return core.memory.read(address.linear(core), size);
        }

        @Override
        public long getForUpdate(Core core) {
            return core.memory.readForUpdate(address.linearForWrite(core), size);
        }

        @Override
        public void set(Core core, long value) {
            core.memory.write(address.linearForWrite(core), size, value);
        }
    }
}
