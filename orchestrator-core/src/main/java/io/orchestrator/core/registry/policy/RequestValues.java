package io.orchestrator.core.registry.policy;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.core.cel.ExpressionValues;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.codec.PlainValues;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.admission.Admission.Lookup;
import io.orchestrator.core.registry.admission.Admission.Request;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request as expressions see it; made once for all of them, and only as far as it is looked at. Confined to the request. */
final class RequestValues {
    private final Request<?> request;
    private final Lookup lookup;
    private final ObjectCodec codec;
    private @Nullable Map<String, Object> variables;

    RequestValues(Request<?> request, Lookup lookup, ObjectCodec codec) {
        this.request = request;
        this.lookup = lookup;
        this.codec = codec;
    }

    /** {@code object}, {@code oldObject}, {@code request} and {@code namespaceObject}. */
    Map<String, Object> variables() {
        Map<String, Object> known = variables;
        if (known == null) {
            known = new HashMap<>();
            known.put("object", value(request.object()));
            known.put("oldObject", value(request.current()));
            known.put("request", request());
            known.put("namespaceObject", namespace());
            variables = known;
        }
        return known;
    }

    Object value(@Nullable Resource object) {
        return ExpressionValues.of(object == null ? null : PlainValues.of(codec.toTree(object)));
    }

    private Object namespace() {
        Supplier<@Nullable Resource> found =
                () -> lookup.known(Namespace.TYPE, "", request.namespace()).orElse(null);
        return value(request.type().namespaced() ? found.get() : null);
    }

    private Map<String, Object> request() {
        ResourceType<?> type = request.type();
        Map<String, Object> kind = kind(request.kind());
        Map<String, Object> resource =
                Map.of("group", type.group(), "version", type.version(), "resource", type.plural());
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("uid", "");
        values.put("kind", kind);
        values.put("resource", resource);
        values.put("subResource", request.subresource());
        values.put("requestKind", kind);
        values.put("requestResource", resource);
        values.put("requestSubResource", request.subresource());
        values.put("name", request.name());
        values.put("namespace", request.namespace());
        values.put("operation", request.operation().name());
        values.put("userInfo", userInfo(request.caller()));
        values.put("dryRun", request.dryRun());
        values.put("options", Map.of());
        return values;
    }

    private static Map<String, Object> kind(ResourceType<?> type) {
        return Map.of("group", type.group(), "version", type.version(), "kind", type.kind());
    }

    private static Map<String, Object> userInfo(Caller caller) {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("username", caller.user());
        user.put("uid", caller.uid());
        user.put("groups", caller.groups());
        user.put("extra", caller.extra());
        return user;
    }
}
