package io.orchestrator.core.control.pods;

import io.orchestrator.api.meta.RawJson;
import io.orchestrator.api.model.core.PodTemplateSpec;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A short name for the content of a pod template. Equal templates have equal hashes, in every process; what is absent or empty
 * does not count, so a field that a later version adds changes none. Different templates may share one: then the collision
 * count makes the difference.
 */
public final class TemplateHash {
    private static final int FNV_PRIME = 0x01000193;

    private int hash = 0x811c9dc5;

    private TemplateHash() {}

    /** @param collisions how often the name was found taken; absent counts like never */
    public static String of(PodTemplateSpec template, @Nullable Integer collisions) {
        TemplateHash hash = new TemplateHash();
        hash.value("template", template);
        if (collisions != null) {
            hash.value("collisions", collisions);
        }
        return SafeNames.encode(Integer.toUnsignedLong(hash.hash));
    }

    private void value(String name, @Nullable Object value) {
        if (value == null || isEmpty(value)) {
            return;
        }
        text(name);
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, each) -> sorted.put(String.valueOf(key), each));
            sorted.forEach(this::value);
        } else if (value instanceof List<?> list) {
            list.forEach(each -> value("-", each));
        } else if (value instanceof Record record && !(value instanceof Comparable) && !(value instanceof RawJson)) {
            components(record);
        } else {
            text(value.toString());
        }
        text("}");
    }

    private void components(Record record) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                Object value = component.getAccessor().invoke(record);
                if (!component.getType().isPrimitive() || !isZero(value)) {
                    value(component.getName(), value);
                }
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("the model's records are public and their accessors do not fail", e);
            }
        }
    }

    private static boolean isEmpty(Object value) {
        return value instanceof String text && text.isEmpty()
                || value instanceof Map<?, ?> map && map.isEmpty()
                || value instanceof List<?> list && list.isEmpty();
    }

    /** What a primitive component has where the wire has nothing. */
    private static boolean isZero(Object primitive) {
        return primitive instanceof Boolean bool && !bool
                || primitive instanceof Number number && number.longValue() == 0;
    }

    private void text(String text) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        hash = (hash ^ 0xff) * FNV_PRIME;
    }
}
