package dev.trapgate.trace;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.ConstantGroup;
import dev.trapgate.abi.ConstantGroups;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Parameter;
import dev.trapgate.abi.Structure;
import dev.trapgate.abi.Structures;
import dev.trapgate.abi.Syscall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The arguments of one call as text. */
final class ArgumentText {

    /** How many elements of an array are written. */
    private static final int ELEMENT_LIMIT = 32;

    /** Bytes of a {@code struct sockaddr_storage}. */
    private static final int LARGEST_SOCKET_ADDRESS = 128;

    /** Names of pointers that the kernel reads, though its prototypes do not say {@code const}. */
    private static final Set<String> READ_BY_KERNEL = Set.of(
            "rqtp", "tsp", "utimes", "ufds", "timeout", "tsops", "umyaddr", "uservaddr", "event", "new_value", "how");

    /** Names of parameters that are addresses, though their type is an integer. */
    private static final Set<String> ADDRESSES = Set.of("addr", "start", "brk", "new_addr", "newsp", "tls");

    /** Names of parameters that are descriptors, which are written with their sign whatever their type. */
    private static final Set<String> DIRECTORIES =
            Set.of("dfd", "olddfd", "newdfd", "dirfd", "from_dfd", "to_dfd", "mountdirfd");

    private final Syscall call;
    private final Abi abi;
    private final MemoryView memory;
    private final int stringLimit;
    private final OptionalLong result;
    private final long[] arguments;
    private final List<Parameter> parameters;

    /**
     * Begins with one call.
     *
     * @param result the call's raw result; empty if it has not answered
     */
    ArgumentText(Syscall call, Abi abi, MemoryView memory, int stringLimit, OptionalLong result, long... arguments) {
        this.call = call;
        this.abi = abi;
        this.memory = memory;
        this.stringLimit = stringLimit;
        this.result = result;
        this.arguments = arguments.clone();
        this.parameters = call.parameters(abi);
    }

    /** {@return one argument as text} */
    String argument(int index) {
        Parameter parameter = parameters.get(index);
        long value = abi.pointerSize() == Integer.BYTES ? (int) arguments[index] : arguments[index];
        return parameter.isPointer() ? pointer(index, unsignedAddress(value)) : integer(parameter, value);
    }

    private String integer(Parameter parameter, long value) {
        if (DIRECTORIES.contains(parameter.name())
                && SyscallText.workingDirectory(value).isPresent()) {
            return SyscallText.workingDirectory(value).get();
        }
        Optional<ConstantGroup> group = ConstantGroups.forParameter(call.callName(), parameter.name(), abi);
        if (group.isPresent()) {
            return group.get().render(value, abi);
        }
        if (parameter.type().equals("umode_t")) {
            return FileMode.permissions(value & 0xffff);
        }
        if (ADDRESSES.contains(parameter.name())) {
            return Numbers.address(unsignedAddress(value));
        }
        return IntegerType.of(parameter.type(), abi)
                .map(type -> type.decimal(value))
                .orElseGet(() -> Long.toString(value));
    }

    private String pointer(int index, long address) {
        if (address == 0) {
            return "NULL";
        }
        return pointee(index, address).orElseGet(() -> Numbers.address(address));
    }

    private Optional<String> pointee(int index, long address) {
        OptionalInt measured = WrittenBytes.parameterOf(call);
        if (measured.isPresent() && measured.getAsInt() == index) {
            return succeeded() ? written(address, result.getAsLong()) : Optional.empty();
        }
        Parameter parameter = parameters.get(index);
        if (isTextArray(parameter)) {
            return texts(address);
        }
        if (isText(parameter) || parameter.type().contains("void *")) {
            return textOrBytes(index, address);
        }
        return isReadable(parameter) ? data(index, address) : Optional.empty();
    }

    private Optional<String> textOrBytes(int index, long address) {
        OptionalInt size = given(PointerExtent.bytes(parameters, index));
        if (size.isPresent()) {
            return isReadable(parameters.get(index)) ? bytes(address, arguments[size.getAsInt()]) : Optional.empty();
        }
        return isText(parameters.get(index)) ? text(address) : Optional.empty();
    }

    private Optional<String> data(int index, long address) {
        Optional<Structure> structure =
                Structures.pointedTo(parameters.get(index).type(), abi);
        if (structure.isEmpty()) {
            return integers(parameters.get(index), address);
        }
        OptionalInt count = elementCount(index);
        return switch (structure.get().name()) {
            case "sockaddr" -> socketAddress(index, address);
            case "iovec" ->
                Optional.of(new VectorText(memory, abi, stringLimit)
                        .text(address, count.orElse(1), VectorText.content(call, result)));
            default -> structures(structure.get(), address, count);
        };
    }

    /** The address's size is the next argument, or what that points to. */
    private Optional<String> socketAddress(int index, long address) {
        if (index + 1 >= arguments.length) {
            return Optional.empty();
        }
        int size = (int) arguments[index + 1];
        if (parameters.get(index + 1).isPointer()) {
            byte[] written = memory.read(unsignedAddress(arguments[index + 1]), Integer.BYTES);
            size = written.length < Integer.BYTES ? 0 : (int) LittleEndian.unsigned(written);
        }
        byte[] bytes = memory.read(address, Math.clamp(size, 0, LARGEST_SOCKET_ADDRESS));
        return bytes.length == 0
                ? Optional.empty()
                : Optional.of(new SocketAddressText(bytes, stringLimit, abi).text());
    }

    private Optional<String> structures(Structure structure, long address, OptionalInt count) {
        StructureText writer = new StructureText(stringLimit);
        int size = Math.toIntExact(structure.size());
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < count.orElse(1); i++) {
            byte[] bytes = memory.read(address + (long) i * size, size);
            if (bytes.length < size) {
                break;
            }
            elements.add(writer.braced(structure, bytes));
        }
        if (count.isPresent()) {
            return Optional.of("[" + String.join(", ", elements) + "]");
        }
        return elements.stream().findFirst();
    }

    private OptionalInt elementCount(int index) {
        OptionalInt place = given(PointerExtent.elements(parameters, index));
        if (place.isEmpty()) {
            return OptionalInt.empty();
        }
        boolean isFilledByResult = parameters.get(place.getAsInt()).name().equals("maxevents");
        long count = isFilledByResult ? result.orElse(0) : arguments[place.getAsInt()];
        return OptionalInt.of(Math.clamp(count, 0, ELEMENT_LIMIT));
    }

    private Optional<String> integers(Parameter parameter, long address) {
        int star = parameter.type().lastIndexOf('*');
        if (star < 0) {
            return Optional.empty();
        }
        return IntegerType.of(parameter.type().substring(0, star).strip(), abi)
                .flatMap(integer -> integers(integer, address, PointerExtent.integers(parameter)));
    }

    private Optional<String> integers(IntegerType type, long address, int count) {
        byte[] bytes = memory.read(address, count * type.byteSize());
        if (bytes.length < count * type.byteSize()) {
            return Optional.empty();
        }
        return Optional.of(IntStream.range(0, count)
                .mapToObj(i -> Arrays.copyOfRange(bytes, i * type.byteSize(), (i + 1) * type.byteSize()))
                .map(element -> type.decimal(LittleEndian.unsigned(element)))
                .collect(Collectors.joining(", ", "[", "]")));
    }

    private Optional<String> texts(long address) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < ELEMENT_LIMIT; i++) {
            byte[] pointer = memory.read(address + (long) i * abi.pointerSize(), abi.pointerSize());
            if (pointer.length < abi.pointerSize()) {
                return Optional.empty();
            }
            long element = LittleEndian.unsigned(pointer);
            if (element == 0) {
                return Optional.of("[" + String.join(", ", texts) + "]");
            }
            texts.add(text(element).orElseGet(() -> Numbers.address(element)));
        }
        return Optional.of("[" + String.join(", ", texts) + ", ...]");
    }

    private Optional<String> text(long address) {
        byte[] bytes = memory.read(address, stringLimit + 1);
        for (int end = 0; end < bytes.length; end++) {
            if (bytes[end] == 0) {
                return Optional.of(QuotedText.of(Arrays.copyOf(bytes, end), stringLimit));
            }
        }
        return bytes.length > stringLimit ? Optional.of(QuotedText.of(bytes, stringLimit)) : Optional.empty();
    }

    private Optional<String> written(long address, long count) {
        // getcwd(2) counts the NUL that ends the path; as a string it is shown without.
        return bytes(address, call.callName().equals("getcwd") ? count - 1 : count);
    }

    private Optional<String> bytes(long address, long count) {
        int wanted = (int) Math.clamp(count, 0, stringLimit + 1L);
        byte[] bytes = memory.read(address, wanted);
        return bytes.length < wanted ? Optional.empty() : Optional.of(QuotedText.of(bytes, stringLimit));
    }

    private boolean isReadable(Parameter parameter) {
        return succeeded()
                || parameter.type().startsWith("const ")
                || READ_BY_KERNEL.contains(parameter.name())
                || call.callName().startsWith("set")
                || call == Syscall.SENDTO;
    }

    private boolean succeeded() {
        return result.isPresent() && !Errno.isError(result.getAsLong());
    }

    private OptionalInt given(OptionalInt place) {
        return place.isPresent() && place.getAsInt() < arguments.length ? place : OptionalInt.empty();
    }

    private long unsignedAddress(long value) {
        return abi.pointerSize() == Integer.BYTES ? Integer.toUnsignedLong((int) value) : value;
    }

    private static boolean isText(Parameter parameter) {
        return parameter.type().endsWith("char *") && !parameter.type().endsWith("unsigned char *");
    }

    private static boolean isTextArray(Parameter parameter) {
        String type = parameter.type();
        return type.equals("const compat_uptr_t *")
                || (type.startsWith("const char *") && type.indexOf('*') != type.lastIndexOf('*'));
    }
}
