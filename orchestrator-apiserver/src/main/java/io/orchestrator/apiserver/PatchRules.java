package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Cause;
import io.orchestrator.api.client.Reason;
import java.util.List;

/** Refusals of options that only an apply patch has, or must have. */
final class PatchRules {
    private PatchRules() {}

    static ApiException managerRequired() {
        return invalid("FieldValueRequired", "fieldManager", "Required value: is required for apply patch");
    }

    static ApiException forceForbidden() {
        return invalid("FieldValueForbidden", "force", "Forbidden: may not be specified for non-apply patch");
    }

    private static ApiException invalid(String reason, String field, String message) {
        return new ApiException(
                Reason.INVALID,
                "PatchOptions.meta.k8s.io \"\" is invalid: " + field + ": " + message,
                new ApiException.Subject("meta.k8s.io", "PatchOptions", "", ""),
                List.of(new Cause(reason, field, message)),
                0);
    }
}
