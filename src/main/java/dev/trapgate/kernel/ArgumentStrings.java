package dev.trapgate.kernel;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.ConstantGroups;
import dev.trapgate.abi.Parameter;
import dev.trapgate.abi.Syscall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A failed call's arguments: strings as they were in scratch memory when it failed, the rest to be put in words when asked.
 *
 * @param call the call
 * @param abi whose parameters and constants
 * @param arguments its arguments
 * @param strings for each parameter the string that it pointed to, if it did
 */
record ArgumentStrings(Syscall call, Abi abi, long[] arguments, List<Optional<String>> strings) {

    private static final int AT_FDCWD = -100;
    private static final long LARGEST_DECIMAL = 0xffff_ffffL;

    static ArgumentStrings of(Kernel kernel, Syscall call, long[] arguments) {
        List<Parameter> parameters = call.parameters(kernel.abi());
        List<Optional<String>> strings = new ArrayList<>(parameters.size());
        for (int index = 0; index < parameters.size(); index++) {
            strings.add(
                    isString(parameters.get(index))
                            ? kernel.scratches().stringInUse(arguments[index])
                            : Optional.empty());
        }
        return new ArgumentStrings(call, kernel.abi(), arguments, strings);
    }

    private static boolean isString(Parameter parameter) {
        return parameter.type().equals("const char *") && !parameter.name().startsWith("buf");
    }

    /** {@return the call as C would write it} */
    String text() {
        List<Parameter> parameters = call.parameters(abi);
        List<String> texts = new ArrayList<>();
        for (int index = 0; index < parameters.size(); index++) {
            texts.add(text(parameters.get(index), index));
        }
        return call.callName() + "(" + String.join(", ", texts) + ")";
    }

    private String text(Parameter parameter, int index) {
        long value = arguments[index];
        return strings.get(index).map(string -> '"' + string + '"').orElseGet(() -> number(parameter, value));
    }

    private String number(Parameter parameter, long value) {
        if (parameter.type().endsWith("*")) {
            return value == 0 ? "NULL" : "0x" + Long.toHexString(value);
        }
        if (value == AT_FDCWD && parameter.name().contains("fd")) {
            return "AT_FDCWD";
        }
        return ConstantGroups.forParameter(call.callName(), parameter.name(), abi)
                .map(group -> group.render(value, abi))
                .orElseGet(() -> plain(value));
    }

    private static String plain(long value) {
        return Math.abs(value) <= LARGEST_DECIMAL ? Long.toString(value) : "0x" + Long.toHexString(value);
    }

    /** {@return the index of the first parameter that is a path, or −1} */
    int firstString() {
        for (int index = 0; index < strings.size(); index++) {
            if (strings.get(index).isPresent()) {
                return index;
            }
        }
        return -1;
    }
}
