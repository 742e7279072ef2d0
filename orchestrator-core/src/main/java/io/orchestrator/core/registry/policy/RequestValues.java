package io.orchestrator.core.registry.policy;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.core.auth.Authorizer;
import io.orchestrator.core.cel.Access;
import io.orchestrator.core.cel.ExpressionValues;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.codec.PlainValues;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.admission.Admission.Lookup;
import io.orchestrator.core.registry.admission.Admission.Request;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as expressions see it, in each of the versions that rules name; made once for all expressions, and only as far as it
 * is looked at. Confined to the request.
 */
final class RequestValues {
    static final String AUTHORIZER = "authorizer";
    static final String REQUEST_RESOURCE = "authorizer.requestResource";

    /** What the values are made with, the same for all requests. @param authorizer whom expressions ask */
    record Source(ObjectCodec codec, Forms forms, Authorizer authorizer) {}

    private final Request<?> request;
    private final Lookup lookup;
    private final Source source;
    private final Map<ResourceType<?>, Map<String, Object>> variables = new HashMap<>();
    private @Nullable Object namespace;

    RequestValues(Request<?> request, Lookup lookup, Source source) {
        this.request = request;
        this.lookup = lookup;
        this.source = source;
    }

    /**
     * {@code object}, {@code oldObject}, {@code request}, {@code namespaceObject} and {@code authorizer}.
     *
     * @param form the version of the resource in which the request is meant
     */
    Map<String, Object> variables(ResourceType<?> form) {
        Map<String, Object> known = variables.get(form);
        if (known == null) {
            known = new HashMap<>();
            known.put("object", value(shown(request.object(), form)));
            known.put("oldObject", value(shown(request.current(), form)));
            known.put("request", request(form));
            known.put("namespaceObject", namespace());
            Access access =
                    new RequestAccess(source.authorizer(), request.caller().userInfo());
            known.put(AUTHORIZER, access);
            known.put(REQUEST_RESOURCE, RequestAccess.ofResource(access, request));
            variables.put(form, known);
        }
        return known;
    }

    private @Nullable Resource shown(@Nullable Resource object, ResourceType<?> form) {
        return object == null || !Forms.areOf(request) ? object : source.forms().shown(object, request.type(), form);
    }

    Object value(@Nullable Resource object) {
        return ExpressionValues.of(
                object == null ? null : PlainValues.of(source.codec().toTree(object)));
    }

    private Object namespace() {
        Object known = namespace;
        if (known == null) {
            boolean inOne = request.type().namespaced();
            known = value(
                    inOne
                            ? lookup.known(Namespace.TYPE, "", request.namespace())
                                    .orElse(null)
                            : null);
            namespace = known;
        }
        return known;
    }

    private Map<String, Object> request(ResourceType<?> form) {
        boolean own = Forms.areOf(request);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("uid", "");
        values.put("kind", kind(own ? form : request.kind()));
        values.put("resource", resource(form));
        values.put("subResource", request.subresource());
        values.put("requestKind", kind(own ? request.form() : request.kind()));
        values.put("requestResource", resource(request.form()));
        values.put("requestSubResource", request.subresource());
        values.put("name", request.name());
        values.put("namespace", request.namespace());
        values.put("operation", request.operation().name());
        values.put("userInfo", userInfo(request.caller()));
        values.put("dryRun", request.dryRun());
        values.put("options", ExpressionValues.of(PlainValues.of(RequestOptions.of(request))));
        return values;
    }

    private static Map<String, Object> kind(ResourceType<?> type) {
        return Map.of("group", type.group(), "version", type.version(), "kind", type.kind());
    }

    private static Map<String, Object> resource(ResourceType<?> type) {
        return Map.of("group", type.group(), "version", type.version(), "resource", type.plural());
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
