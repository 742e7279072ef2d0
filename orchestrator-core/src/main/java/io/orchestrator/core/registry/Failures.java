package io.orchestrator.core.registry;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Cause;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.spi.store.StoreException;
import java.util.List;
import java.util.stream.Collectors;

/** Refusals in the words of Kubernetes. */
public final class Failures {
    static final String MODIFIED =
            "the object has been modified; please apply your changes to the latest version and try again";

    private static final int RETRY_SECONDS = 1;

    private Failures() {}

    /** One answer for all bad fields: {@code Pod "web" is invalid: [a, b]}. */
    public static ApiException invalid(ResourceType<?> type, String name, List<Cause> causes) {
        String list = causes.stream()
                .map(cause -> cause.field() + ": " + cause.message())
                .collect(Collectors.joining(", "));
        String qualified = type.group().isEmpty() ? type.kind() : type.kind() + "." + type.group();
        return new ApiException(
                Reason.INVALID,
                qualified + " \"" + name + "\" is invalid: " + (causes.size() == 1 ? list : "[" + list + "]"),
                new ApiException.Subject(type.group(), type.kind(), name, ""),
                causes,
                0);
    }

    /** Options of a list that contradict each other. */
    static ApiException invalidOptions(List<Cause> causes) {
        String list = causes.stream()
                .map(cause -> cause.field() + ": " + cause.message())
                .collect(Collectors.joining(", "));
        return new ApiException(
                Reason.INVALID,
                "ListOptions.meta.k8s.io \"\" is invalid: " + list,
                new ApiException.Subject("meta.k8s.io", "ListOptions", "", ""),
                causes,
                0);
    }

    /** {@code pods "web" is forbidden: why}. */
    public static ApiException forbidden(ResourceType<?> type, String name, String why, List<Cause> causes) {
        return new ApiException(
                Reason.FORBIDDEN,
                qualified(type) + " \"" + name + "\" is forbidden: " + why,
                new ApiException.Subject(type.group(), type.plural(), name, ""),
                causes,
                0);
    }

    static ApiException notFound(ResourceType<?> type, String name) {
        return ApiException.notFound(type.group(), type.plural(), name);
    }

    static ApiException unknownField(ResourceType<?> type, String field) {
        return ApiException.badRequest("Unable to find \"" + qualified(type)
                + "\" that match label selector \"\", field selector \"" + field + "\": field label not supported: "
                + field);
    }

    static ApiException conflict(ResourceType<?> type, String name, String why) {
        return ApiException.conflict(type.group(), type.plural(), name, why);
    }

    static ApiException notServed(String verb) {
        return new ApiException(Reason.METHOD_NOT_ALLOWED, verb + " is not supported on resources of this kind");
    }

    static ApiException futureVersion(long asked, long current) {
        return new ApiException(
                Reason.TIMEOUT,
                "Too large resource version: " + asked + ", current: " + current,
                ApiException.Subject.NONE,
                List.of(new Cause("ResourceVersionTooLarge", "", "Too large resource version")),
                1);
    }

    static ApiException expiredContinue(ContinueToken rest) {
        return ApiException.expiredPage(
                "The provided continue parameter is too old to display a consistent list result. You can start a new"
                        + " list without the continue parameter, or use the continue token in this response, which"
                        + " shows the rest of the list as it is now.",
                rest.encode());
    }

    /** What a failure of the store means to the caller of a verb. */
    public static ApiException of(StoreException failure) {
        if (failure instanceof StoreException.Compacted) {
            return new ApiException(Reason.EXPIRED, "The resourceVersion for the provided list is too old.", failure);
        }
        if (failure instanceof StoreException.Refused) {
            return new ApiException(Reason.REQUEST_ENTITY_TOO_LARGE, failure.getMessage(), failure);
        }
        if (failure instanceof StoreException.FutureRevision future) {
            return futureVersion(0, future.current());
        }
        if (failure instanceof StoreException.Fenced) {
            return new ApiException(
                    Reason.FORBIDDEN, "whoever writes this leads no more: " + failure.getMessage(), failure);
        }
        if (failure instanceof StoreException.Conflict) {
            return new ApiException(Reason.CONFLICT, failure.getMessage(), failure);
        }
        if (failure instanceof StoreException.Unavailable now && now.isUnwritten()) {
            ApiException unwritten = ApiException.notBegun(
                    "the store takes nothing for now: " + failure.getMessage(),
                    ApiException.Subject.NONE,
                    RETRY_SECONDS);
            unwritten.initCause(failure);
            return unwritten;
        }
        return new ApiException(
                Reason.SERVICE_UNAVAILABLE, "the store does not answer: " + failure.getMessage(), failure);
    }

    static String qualified(ResourceType<?> type) {
        return type.group().isEmpty() ? type.plural() : type.plural() + "." + type.group();
    }
}
