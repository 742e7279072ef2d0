package io.orchestrator.core.registry.custom;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.OwnerReference;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.meta.Unstructured;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects as plain values, with what clients see of their metadata. Pure functions. */
final class ObjectValues {
    private ObjectValues() {}

    /** The whole object. */
    static Map<String, @Nullable Object> root(Unstructured object) {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("apiVersion", object.apiVersion());
        root.put("kind", object.kind());
        root.put("metadata", metadata(object.metadata()));
        root.putAll(object.fields());
        return root;
    }

    private static Map<String, @Nullable Object> metadata(ObjectMeta metadata) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        text(values, "name", metadata.name());
        text(values, "generateName", metadata.generateName());
        text(values, "namespace", metadata.namespace());
        text(values, "uid", metadata.uid());
        text(values, "resourceVersion", metadata.resourceVersion());
        if (metadata.generation() != 0) {
            values.put("generation", metadata.generation());
        }
        time(values, "creationTimestamp", metadata.creationTimestamp());
        time(values, "deletionTimestamp", metadata.deletionTimestamp());
        if (metadata.deletionGracePeriodSeconds() != null) {
            values.put("deletionGracePeriodSeconds", metadata.deletionGracePeriodSeconds());
        }
        if (!metadata.labels().isEmpty()) {
            values.put("labels", metadata.labels());
        }
        if (!metadata.annotations().isEmpty()) {
            values.put("annotations", metadata.annotations());
        }
        if (!metadata.finalizers().isEmpty()) {
            values.put("finalizers", metadata.finalizers());
        }
        if (!metadata.ownerReferences().isEmpty()) {
            List<Object> owners = new ArrayList<>();
            metadata.ownerReferences().forEach(owner -> owners.add(owner(owner)));
            values.put("ownerReferences", owners);
        }
        return values;
    }

    private static Map<String, Object> owner(OwnerReference owner) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("apiVersion", owner.apiVersion());
        values.put("kind", owner.kind());
        values.put("name", owner.name());
        values.put("uid", owner.uid());
        if (owner.controller() != null) {
            values.put("controller", owner.controller());
        }
        if (owner.blockOwnerDeletion() != null) {
            values.put("blockOwnerDeletion", owner.blockOwnerDeletion());
        }
        return values;
    }

    private static void text(Map<String, @Nullable Object> values, String name, String text) {
        if (!text.isEmpty()) {
            values.put(name, text);
        }
    }

    private static void time(Map<String, @Nullable Object> values, String name, @Nullable Time time) {
        if (time != null) {
            values.put(name, time.toString());
        }
    }
}
