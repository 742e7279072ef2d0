package io.orchestrator.core.shape;

import io.orchestrator.core.cel.ValueShape;
import io.orchestrator.core.cel.ValueType;
import java.util.LinkedHashMap;
import java.util.Map;

/** What expressions of policies and webhooks may know of a request and its namespace, whatever it is about. */
public final class RequestShapes {
    private static final ValueShape TEXT = simple(ValueType.TEXT);
    private static final ValueShape MOMENT = simple(ValueType.MOMENT);
    private static final ValueShape TEXTS = ValueShape.list(TEXT, 0);

    private RequestShapes() {}

    /** The shape of {@code request}: the part of an admission request that is not an object. */
    public static ValueShape request() {
        ValueShape kind = object(Map.of("group", TEXT, "version", TEXT, "kind", TEXT));
        ValueShape resource = object(Map.of("group", TEXT, "version", TEXT, "resource", TEXT));
        Map<String, ValueShape> fields = new LinkedHashMap<>();
        fields.put("kind", kind);
        fields.put("resource", resource);
        fields.put("subResource", TEXT);
        fields.put("requestKind", kind);
        fields.put("requestResource", resource);
        fields.put("requestSubResource", TEXT);
        fields.put("name", TEXT);
        fields.put("namespace", TEXT);
        fields.put("operation", TEXT);
        fields.put(
                "userInfo",
                object(Map.of("username", TEXT, "uid", TEXT, "groups", TEXTS, "extra", ValueShape.map(TEXTS, 0))));
        fields.put("dryRun", simple(ValueType.TRUTH));
        fields.put("options", simple(ValueType.ANY));
        return object(fields);
    }

    /** The shape of {@code namespaceObject}: what Kubernetes lets expressions see of a namespace. */
    public static ValueShape namespace() {
        ValueShape texts = ValueShape.map(TEXT, 0);
        Map<String, ValueShape> metadata = new LinkedHashMap<>();
        metadata.put("name", TEXT);
        metadata.put("generateName", TEXT);
        metadata.put("namespace", TEXT);
        metadata.put("labels", texts);
        metadata.put("annotations", texts);
        metadata.put("UID", TEXT);
        metadata.put("creationTimestamp", MOMENT);
        metadata.put("deletionGracePeriodSeconds", simple(ValueType.WHOLE));
        metadata.put("deletionTimestamp", MOMENT);
        metadata.put("generation", simple(ValueType.WHOLE));
        metadata.put("resourceVersion", TEXT);
        metadata.put("finalizers", TEXTS);
        ValueShape condition = object(
                Map.of("type", TEXT, "status", TEXT, "lastTransitionTime", MOMENT, "message", TEXT, "reason", TEXT));
        return object(Map.of(
                "metadata",
                object(metadata),
                "spec",
                object(Map.of("finalizers", TEXTS)),
                "status",
                object(Map.of("conditions", ValueShape.list(condition, 0), "phase", TEXT))));
    }

    private static ValueShape object(Map<String, ValueShape> fields) {
        return ValueShape.object(fields, 0);
    }

    private static ValueShape simple(ValueType type) {
        return ValueShape.simple(type, 0, 0);
    }
}
