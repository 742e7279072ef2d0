package io.orchestrator.core.registry;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Unstructured;

/** Whether a request's target and body fit each other. Pure functions. */
final class Targets {
    private Targets() {}

    static <T extends Resource> ObjectRef<T> object(ResourceStrategy<T> strategy, Target<T> target) {
        if (target.name().isEmpty()) {
            throw new ApiException(
                    Reason.METHOD_NOT_ALLOWED, "the server does not allow this method on the requested resource");
        }
        if (strategy.type().namespaced() && target.namespace().isEmpty()) {
            throw ApiException.badRequest(
                    "namespace must be specified on requests for " + Failures.qualified(strategy.type()));
        }
        if (unsafe(target.name()) || unsafe(target.namespace())) {
            throw Failures.notFound(strategy.type(), target.name());
        }
        return new ObjectRef<>(strategy, strategy.type().namespaced() ? target.namespace() : "", target.name());
    }

    /** What cannot be a segment of a key cannot exist. */
    private static boolean unsafe(String segment) {
        return segment.indexOf('/') >= 0 || segment.equals(".") || segment.equals("..");
    }

    static String namespaceForList(Target<?> collection) {
        if (unsafe(collection.namespace())) {
            throw ApiException.badRequest("invalid namespace \"" + collection.namespace() + "\"");
        }
        return collection.type().namespaced() ? collection.namespace() : "";
    }

    static <T extends Resource> String namespaceForWrite(Target<T> target, T body) {
        if (!target.type().namespaced()) {
            if (!body.metadata().namespace().isEmpty()) {
                throw ApiException.badRequest("namespace must not be set on objects of kind "
                        + target.type().kind());
            }
            return "";
        }
        String namespace = target.namespace().isEmpty() ? body.metadata().namespace() : target.namespace();
        if (namespace.isEmpty() || unsafe(namespace)) {
            throw ApiException.badRequest("an empty namespace may not be set during creation");
        }
        return namespace;
    }

    /** Where a question is asked. */
    static <T extends Resource> String namespaceForReview(Target<T> target, T body) {
        if (!target.name().isEmpty() || !target.subresource().isEmpty()) {
            throw new ApiException(
                    Reason.METHOD_NOT_ALLOWED, "the server does not allow this method on the requested resource");
        }
        return target.type().namespaced() ? namespaceForWrite(target, body) : "";
    }

    /** The body as the target's kind, when its kind, name and namespace are the target's. */
    static <T extends Resource> T body(Target<T> target, Resource body) {
        if (!target.type().objectClass().isInstance(body)) {
            throw ApiException.badRequest("the body is a " + body.getClass().getSimpleName() + ", expected "
                    + target.type().kind());
        }
        if (body instanceof Unstructured custom) {
            requireKind(target.type(), custom);
        }
        T object = target.type().objectClass().cast(body);
        String namespace = object.metadata().namespace();
        if (!namespace.isEmpty() && !target.namespace().isEmpty() && !namespace.equals(target.namespace())) {
            throw ApiException.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        if (!target.name().isEmpty()) {
            requireName(object, target.name());
        }
        return object;
    }

    private static void requireName(Resource object, String wanted) {
        String name = object.metadata().name();
        if (name.isEmpty()) {
            throw ApiException.badRequest(
                    "the name of the object (" + wanted + " based on URL) was undeterminable: name must be provided");
        }
        if (!name.equals(wanted)) {
            throw ApiException.badRequest(
                    "the name of the object (" + name + ") does not match the name on the URL (" + wanted + ")");
        }
    }

    /** What has become of an object by a patch, which may not make another one of it. */
    static <T extends Resource> T patched(T changed, T current) {
        requireName(changed, current.metadata().name());
        String namespace = changed.metadata().namespace();
        if (!namespace.isEmpty() && !namespace.equals(current.metadata().namespace())) {
            throw ApiException.badRequest("the namespace of the object (" + namespace
                    + ") does not match the namespace on the request ("
                    + current.metadata().namespace() + ")");
        }
        return changed;
    }

    private static void requireKind(ResourceType<?> type, Unstructured object) {
        if (!object.kind().equals(type.kind()) || !object.apiVersion().equals(type.apiVersion())) {
            throw ApiException.badRequest("the API version in the data (" + object.apiVersion() + ", Kind="
                    + object.kind() + ") does not match the expected API version (" + type.apiVersion() + ", Kind="
                    + type.kind() + ")");
        }
    }

    static void requireStatus(ResourceStrategy<?> strategy) {
        if (!strategy.hasStatus()) {
            throw noSubresource();
        }
    }

    static ApiException noSubresource() {
        return new ApiException(Reason.NOT_FOUND, "the server could not find the requested resource");
    }
}
