package dev.trapgate.notation;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Constants;
import dev.trapgate.abi.Parameter;
import dev.trapgate.abi.Structure;
import dev.trapgate.abi.Structure.Field;
import dev.trapgate.abi.Structure.Format;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.trace.MemoryView;
import dev.trapgate.trace.PointerExtent;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A call's arguments as one gate's kernel will see them, with the memory they point to. */
public final class PlacedArguments implements MemoryView {

    private static final long BUFFER_ALIGNMENT = 16;

    private final Abi abi;
    private final ArgumentSpace space;
    private final List<PlacedBuffer> memory = new ArrayList<>();
    private final List<PlacedBuffer> writable = new ArrayList<>();
    private final long[] values;

    /**
     * Places arguments.
     *
     * @param arguments the arguments
     * @param parameters the parameters they are for, as far as the table knows them
     * @param abi whose constants and structures are meant
     * @param space where what they point to is allocated, and what names mean
     * @throws UsageException if the ABI lacks a constant, structure or field, or there is no memory for them
     */
    public PlacedArguments(List<CallArgument> arguments, List<Parameter> parameters, Abi abi, ArgumentSpace space) {
        this.abi = abi;
        this.space = space;
        this.values = new long[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            Parameter parameter =
                    i < parameters.size() ? parameters.get(i) : new Parameter("long", "argument " + (i + 1));
            values[i] = value(arguments.get(i), new Destination(i, parameter.name(), parameter.type()));
        }
    }

    /** {@return the arguments' values, one for each that was given} */
    public long[] values() {
        return values.clone();
    }

    /** {@return what the kernel may write to, in the order of the arguments} */
    public List<PlacedBuffer> writable() {
        return List.copyOf(writable);
    }

    /** {@return all that was placed, in the order of its allocation} */
    public List<PlacedBuffer> memory() {
        return List.copyOf(memory);
    }

    /**
     * Says whether the call is told of more memory than it is given.
     *
     * @param parameters the call's parameters
     * @return whether a size or a number that follows a buffer exceeds it
     */
    public boolean areTooSmall(List<Parameter> parameters) {
        return writable.stream().anyMatch(buffer -> isTooSmall(buffer, parameters));
    }

    private boolean isTooSmall(PlacedBuffer buffer, List<Parameter> parameters) {
        long size = buffer.memory().segment().byteSize();
        long elementSize = buffer.structure().map(Structure::size).orElse(1L);
        OptionalInt bytes = PointerExtent.bytes(parameters, buffer.parameter());
        OptionalInt elements = PointerExtent.elements(parameters, buffer.parameter());
        return exceeds(bytes, size) || exceeds(elements, size / Math.max(1, elementSize));
    }

    private boolean exceeds(OptionalInt place, long limit) {
        return place.isPresent()
                && place.getAsInt() < values.length
                && Long.compareUnsigned(values[place.getAsInt()], limit) > 0;
    }

    @Override
    public byte[] read(long address, int byteSize) {
        for (PlacedBuffer placed : memory) {
            UserBuffer buffer = placed.memory();
            long offset = address - buffer.address();
            if (offset >= 0 && offset < buffer.segment().byteSize()) {
                long length = Math.min(byteSize, buffer.segment().byteSize() - offset);
                return buffer.segment().asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
            }
        }
        return new byte[0];
    }

    /** What a value is for. */
    private record Destination(int parameter, String label, String type) {

        Destination inside(String field, String fieldType) {
            return new Destination(parameter, label + "." + field, fieldType);
        }
    }

    private long value(CallArgument argument, Destination destination) {
        return switch (argument) {
            case CallArgument.Scalar scalar -> scalar.value();
            case CallArgument.Flags flags ->
                flags.terms().stream().mapToLong(this::value).reduce(0, (one, other) -> one | other);
            case CallArgument.Input input -> placed(input, destination, Place.ANYWHERE);
            case CallArgument.Output output -> placed(output, destination, Place.ANYWHERE);
            case CallArgument.Edge edge -> placed(edge, destination);
            case CallArgument.Structured structured -> placed(structured, destination);
            case CallArgument.Values pointers -> placed(pointers, destination);
            case CallArgument.Fields fields ->
                throw new UsageException(destination.label() + ": {…} initializes a structure; write &struct{…}");
        };
    }

    private long value(CallArgument.Term term) {
        return switch (term) {
            case CallArgument.Term.Bits bits -> bits.value();
            case CallArgument.Term.Constant constant -> constant(constant.name());
            case CallArgument.Term.Reference reference -> space.value(reference);
        };
    }

    private long constant(String name) {
        OptionalLong value = name.equals("NULL") ? OptionalLong.of(0) : Constants.value(name, abi);
        return value.orElseThrow(() -> unknownConstant(name));
    }

    private UsageException unknownConstant(String name) {
        List<String> near = NearNames.of(name, Constants.names(abi));
        String hint = near.isEmpty() ? "; a string is written '\"" + name + "\"'" : NearNames.question(near);
        return new UsageException("there is no constant '" + name + "' for " + abi + hint);
    }

    /** What may lie behind an allocation. */
    private enum Place {
        ANYWHERE,
        AT_EDGE
    }

    private long placed(CallArgument.Edge edge, Destination destination) {
        return switch (edge.memory()) {
            case CallArgument.Input input -> placed(input, destination, Place.AT_EDGE);
            case CallArgument.Output output -> placed(output, destination, Place.AT_EDGE);
            default ->
                throw new UsageException(destination.label() + ": an edge is written edge(SIZE) or edge(\"text\")");
        };
    }

    private long placed(CallArgument.Input input, Destination destination, Place place) {
        long size = input.content().byteSize();
        UserBuffer buffer = allocate(size, 1, place);
        memory.add(new PlacedBuffer(destination.parameter(), destination.label(), buffer, Optional.empty()));
        MemorySegment.copy(input.content(), 0, buffer.segment(), 0, size);
        return buffer.address();
    }

    private long placed(CallArgument.Output output, Destination destination, Place place) {
        UserBuffer buffer = allocate(output.byteSize(), BUFFER_ALIGNMENT, place);
        addWritable(new PlacedBuffer(destination.parameter(), destination.label(), buffer, Optional.empty()));
        return buffer.address();
    }

    private void addWritable(PlacedBuffer buffer) {
        memory.add(buffer);
        writable.add(buffer);
    }

    private long placed(CallArgument.Structured structured, Destination destination) {
        Structure structure = PointedTypes.find(structured.name(), destination.type(), destination.label(), abi);
        List<CallArgument.Fields> elements = elements(structured, destination);
        int count = elements.size();
        if (structure.size() * count > ArgumentParser.BUFFER_LIMIT) {
            throw new UsageException(destination.label() + ": " + count + " times " + structure.size()
                    + " bytes; the limit is " + ArgumentParser.BUFFER_LIMIT + " (256 MiB)");
        }
        long alignment = Math.max(structure.alignment(), BUFFER_ALIGNMENT);
        UserBuffer buffer = allocate(structure.size() * count, alignment, Place.ANYWHERE);
        PlacedBuffer placed =
                new PlacedBuffer(destination.parameter(), destination.label(), buffer, Optional.of(structure));
        if (destination.type().startsWith("const ")) {
            memory.add(placed);
        } else {
            addWritable(placed);
        }
        for (int i = 0; i < count; i++) {
            MemorySegment element = buffer.segment().asSlice(i * structure.size(), structure.size());
            initialize(element, structure, elements.get(i), destination);
        }
        return buffer.address();
    }

    /** A pair of descriptors is what {@code &struct} means where the kernel writes a pair. */
    private static List<CallArgument.Fields> elements(CallArgument.Structured structured, Destination destination) {
        Parameter parameter = new Parameter(destination.type(), destination.label());
        boolean isPair = structured.name().equals(CallArgument.Structured.OWN_TYPE)
                && structured.elements().size() == 1
                && PointerExtent.integers(parameter) == 2;
        return isPair ? Collections.nCopies(2, structured.elements().getFirst()) : structured.elements();
    }

    private long placed(CallArgument.Values pointers, Destination destination) {
        int size = abi.pointerSize();
        UserBuffer buffer = allocate((pointers.elements().size() + 1L) * size, BUFFER_ALIGNMENT, Place.ANYWHERE);
        Field pointer = new Field("", "void *", 0, Format.POINTER, size, 1, Optional.empty());
        Structure array = new Structure("void *", abi, size, size, List.of(pointer));
        memory.add(new PlacedBuffer(destination.parameter(), destination.label(), buffer, Optional.of(array)));
        for (int i = 0; i < pointers.elements().size(); i++) {
            long element = value(pointers.elements().get(i), destination);
            put(buffer.segment(), (long) i * size, size, element, destination.label());
        }
        return buffer.address();
    }

    private void initialize(
            MemorySegment memory, Structure structure, CallArgument.Fields fields, Destination destination) {
        for (CallArgument.Initializer initializer : fields.initializers()) {
            Field field = structure.fields().stream()
                    .filter(known -> known.name().equals(initializer.field()))
                    .findFirst()
                    .orElseThrow(() -> unknownField(structure, initializer.field()));
            initialize(memory, field, initializer.value(), destination.inside(field.name(), field.type()));
        }
    }

    private void initialize(MemorySegment memory, Field field, CallArgument value, Destination destination) {
        if (value instanceof CallArgument.Fields inner && field.nested().isPresent()) {
            Structure nested = field.nested().get();
            initialize(memory.asSlice(field.offset(), nested.size()), nested, inner, destination);
        } else if (value instanceof CallArgument.Input text && isCharacters(field)) {
            copy(memory, field, text, destination);
        } else if (value instanceof CallArgument.Values elements && field.count() > 1) {
            initialize(memory, field, elements, destination);
        } else if (field.nested().isPresent() || isCharacters(field)) {
            throw new UsageException(destination.label() + " is a "
                    + (field.nested().isPresent() ? "structure; write {name=value}" : "text; write \"…\""));
        } else {
            put(memory, field.offset(), field.elementSize(), value(value, destination), destination.label());
        }
    }

    private void initialize(MemorySegment memory, Field field, CallArgument.Values values, Destination destination) {
        if (values.elements().size() > field.count()) {
            throw new UsageException(destination.label() + " has " + field.count() + " elements, not "
                    + values.elements().size());
        }
        for (int i = 0; i < values.elements().size(); i++) {
            long element = value(values.elements().get(i), destination);
            long offset = field.offset() + (long) i * field.elementSize();
            put(memory, offset, field.elementSize(), element, destination.label());
        }
    }

    private static boolean isCharacters(Field field) {
        return field.format() == Format.TEXT || field.format() == Format.BYTES;
    }

    private static void copy(MemorySegment memory, Field field, CallArgument.Input text, Destination destination) {
        long room = (long) field.elementSize() * field.count();
        long size = text.content().byteSize();
        if (size > room) {
            throw new UsageException(destination.label() + " has room for " + room + " bytes, and " + size
                    + " were given (NUL included)");
        }
        MemorySegment.copy(text.content(), 0, memory, field.offset(), size);
    }

    private static void put(MemorySegment memory, long offset, int byteSize, long value, String label) {
        int unused = Long.SIZE - byteSize * Byte.SIZE;
        boolean fits = value << unused >> unused == value || value << unused >>> unused == value;
        if (!fits) {
            throw new UsageException(label + ": " + value + " does not fit into its " + byteSize + " bytes");
        }
        for (int i = 0; i < byteSize; i++) {
            memory.set(ValueLayout.JAVA_BYTE, offset + i, (byte) (value >>> (i * Byte.SIZE)));
        }
    }

    private UsageException unknownField(Structure structure, String name) {
        List<String> names = structure.fields().stream().map(Field::name).toList();
        return new UsageException("struct " + structure.name() + " of " + abi + " has no field '" + name + "'; it has "
                + String.join(", ", names));
    }

    private UserBuffer allocate(long byteSize, long byteAlignment, Place place) {
        try {
            return place == Place.AT_EDGE ? space.allocateEdge(byteSize) : space.allocate(byteSize, byteAlignment);
        } catch (IllegalArgumentException exhausted) {
            throw new UsageException(String.valueOf(exhausted.getMessage()));
        }
    }
}
