package dev.trapgate.abi;

import dev.trapgate.abi.ConstantGroup.Field;
import dev.trapgate.abi.ConstantGroup.Kind;
import dev.trapgate.abi.ConstantGroup.Position;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code constants.tsv} and {@code constant-groups.tsv} say; the heads of those files describe them.
 *
 * @param constants by name, in the file's order
 * @param groups by name
 * @param parameters the group's name by {@code CALL.PARAMETER} or {@code *.PARAMETER}
 */
record ConstantTable(
        Map<String, Constant> constants, Map<String, ConstantGroup> groups, Map<String, String> parameters) {

    private static final String NONE = "-";
    private static final String AS_X86_64 = "=";

    /** Holds the table apart, so that nothing is read before the first look-up. */
    private static final class Loaded {
        static final ConstantTable TABLE = read(Resource.text("constants.tsv"), Resource.text("constant-groups.tsv"));
    }

    /** {@return the library's table} */
    static ConstantTable get() {
        return Loaded.TABLE;
    }

    Optional<ConstantGroup> groupOf(String syscallName, String parameterName) {
        String exact = parameters.get(syscallName + '.' + parameterName);
        String group = exact == null ? parameters.get("*." + parameterName) : exact;
        return Optional.ofNullable(group).map(groups::get);
    }

    private static ConstantTable read(String constantRows, String groupRows) {
        Map<String, Constant> constants = new LinkedHashMap<>();
        Map<String, List<Constant>> members = new HashMap<>();
        for (List<String> row : rows(constantRows)) {
            Constant constant = constant(row);
            constants.put(constant.name(), constant);
            for (String group : row.get(3).split(",", -1)) {
                members.computeIfAbsent(group, name -> new ArrayList<>()).add(constant);
            }
        }
        Map<String, ConstantGroup> groups = new HashMap<>();
        Map<String, String> parameters = new HashMap<>();
        for (List<String> row : rows(groupRows)) {
            String name = row.get(0);
            Optional<Field> field = field(row.get(2), name, constants, members);
            groups.put(
                    name,
                    new ConstantGroup(name, Kind.valueOf(row.get(1)), field, members.getOrDefault(name, List.of())));
            for (String parameter : row.get(4).split(" ", -1)) {
                parameters.put(parameter, name);
            }
        }
        return new ConstantTable(constants, groups, parameters);
    }

    private static Constant constant(List<String> row) {
        Map<Abi, Long> values = new EnumMap<>(Abi.class);
        String x8664 = row.get(1);
        String i386 = row.get(2).equals(AS_X86_64) ? x8664 : row.get(2);
        put(values, Abi.X86_64, x8664);
        put(values, Abi.I386, i386);
        return new Constant(row.get(0), values);
    }

    private static void put(Map<Abi, Long> values, Abi abi, String number) {
        if (!number.equals(NONE)) {
            values.put(abi, Long.decode(number));
        }
    }

    private static Optional<Field> field(
            String text, String group, Map<String, Constant> constants, Map<String, List<Constant>> members) {
        if (text.equals(NONE)) {
            return Optional.empty();
        }
        Position position = text.startsWith("|") ? Position.AFTER : Position.BEFORE;
        int colon = text.indexOf(':');
        String maskText = (colon < 0 ? text : text.substring(0, colon)).replace("|", "");
        String values = colon < 0 ? group : text.substring(colon + 1);
        return Optional.of(new Field(
                mask(maskText, constants), position, radix(maskText), members.getOrDefault(values, List.of())));
    }

    private static int radix(String mask) {
        if (mask.matches("0[0-7]+")) {
            return 8;
        }
        return mask.matches("[1-9]\\d*") ? 10 : 16;
    }

    private static long mask(String text, Map<String, Constant> constants) {
        Constant constant = constants.get(text);
        return constant == null ? Long.decode(text) : constant.value(Abi.X86_64).orElseThrow();
    }

    private static List<List<String>> rows(String table) {
        return table.lines()
                .filter(line -> !line.startsWith("#"))
                .skip(1)
                .map(line -> List.of(line.split("\t", -1)))
                .toList();
    }
}
