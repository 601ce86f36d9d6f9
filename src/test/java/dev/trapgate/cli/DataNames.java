package dev.trapgate.cli;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The call names that a class keeps in its constant sets and maps. */
final class DataNames {

    private DataNames() {}

    static List<String> of(Class<?> type) throws IllegalAccessException {
        List<String> names = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                Object value = field.get(null);
                Collection<?> keys = value instanceof Map<?, ?> map
                        ? map.keySet()
                        : value instanceof Collection<?> set ? set : List.of();
                keys.forEach(key -> names.add(String.valueOf(key)));
            }
        }
        return names;
    }
}
