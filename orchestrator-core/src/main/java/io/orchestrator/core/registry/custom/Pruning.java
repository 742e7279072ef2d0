package io.orchestrator.core.registry.custom;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.core.codec.Decoded;
import io.orchestrator.core.schema.StructuralSchema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes away the fields that a schema does not know, and tells of them. Pure functions. */
final class Pruning {
    private static final Set<String> OF_OBJECTS = Set.of("apiVersion", "kind", "metadata");
    /** Components are named as on the wire. */
    private static final Set<String> OF_METADATA = Arrays.stream(ObjectMeta.class.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toUnmodifiableSet());

    private static final int MAX_TOLD = 100;

    private final List<String> told = new ArrayList<>();

    private Pruning() {}

    /** The object with what the schema knows, and the names of what it does not. */
    static Decoded<Unstructured> prune(Unstructured object, StructuralSchema schema) {
        Pruning pruning = new Pruning();
        Map<String, @Nullable Object> kept = pruning.object(object.fields(), schema, Set.of(), "");
        Unstructured pruned = kept == object.fields() ? object : object.withFields(kept);
        return new Decoded<>(pruned, io.orchestrator.core.codec.TypeMeta.NONE, pruning.told);
    }

    /** The same of a value, for defaults. */
    static List<String> unknownIn(@Nullable Object value, StructuralSchema schema) {
        Pruning pruning = new Pruning();
        pruning.value(value, schema, "");
        return pruning.told;
    }

    private @Nullable Object value(@Nullable Object value, StructuralSchema schema, String path) {
        if (value instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked") // JSON objects have names for keys
            Map<String, @Nullable Object> object = (Map<String, @Nullable Object>) map;
            return object(object, schema, schema.embeddedResource() ? OF_OBJECTS : Set.of(), path);
        }
        StructuralSchema items = schema.items();
        if (value instanceof List<?> list && items != null) {
            List<@Nullable Object> kept = new ArrayList<>(list.size());
            boolean same = true;
            for (int i = 0; i < list.size(); i++) {
                Object item = value(list.get(i), items, path + "[" + i + "]");
                same &= item == list.get(i);
                kept.add(item);
            }
            return same ? list : kept;
        }
        return value;
    }

    /** @param always fields that are kept although the schema need not mention them */
    private Map<String, @Nullable Object> object(
            Map<String, @Nullable Object> object, StructuralSchema schema, Set<String> always, String path) {
        if (schema == StructuralSchema.ANYTHING) {
            return object;
        }
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        boolean same = true;
        for (Map.Entry<String, @Nullable Object> field : object.entrySet()) {
            String name = field.getKey();
            String below = path.isEmpty() ? name : path + "." + name;
            StructuralSchema child = schema.child(name);
            if (child == null && !schema.preservesUnknown() && !always.contains(name)) {
                tell(below);
                same = false;
                continue;
            }
            Object value = field.getValue();
            if (always.contains(name)) {
                value = name.equals("metadata") ? metadata(value, below) : value;
            } else if (child != null) {
                value = value(value, child, below);
            }
            same &= value == field.getValue();
            kept.put(name, value);
        }
        return same ? object : kept;
    }

    /** That of an object within another: it has the fields that all objects have, whatever the schema says. */
    private @Nullable Object metadata(@Nullable Object value, String path) {
        if (!(value instanceof Map<?, ?> fields) || OF_METADATA.containsAll(fields.keySet())) {
            return value;
        }
        Map<Object, @Nullable Object> kept = new LinkedHashMap<>(fields);
        for (Object name : fields.keySet()) {
            if (!OF_METADATA.contains(name)) {
                kept.remove(name);
                tell(path + "." + name);
            }
        }
        return kept;
    }

    private void tell(String unknown) {
        if (told.size() < MAX_TOLD) {
            told.add("unknown field \"" + unknown + "\"");
        }
    }
}
