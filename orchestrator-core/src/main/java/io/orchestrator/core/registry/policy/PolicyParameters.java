package io.orchestrator.core.registry.policy;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.admissionregistration.ParamKind;
import io.orchestrator.api.model.admissionregistration.ParamRef;
import io.orchestrator.api.model.admissionregistration.ParameterNotFoundActionType;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicy;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicyBinding;
import io.orchestrator.core.registry.admission.Admission.Lookup;
import io.orchestrator.core.registry.admission.Admission.Request;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds the objects that give a policy its parameters. Immutable. */
final class PolicyParameters {
    private final Function<ParamKind, Optional<ResourceType<?>>> types;

    /** @param types the resource of a kind, where it is served */
    PolicyParameters(Function<ParamKind, Optional<ResourceType<?>>> types) {
        this.types = types;
    }

    /** There are no parameters, and without them the policy cannot be applied. */
    static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Missing(String message) {
            super(message);
        }
    }

    /** The parameters one by one: the rules must hold with each. A policy without parameters has null for its only one. */
    List<Object> of(
            ValidatingAdmissionPolicy policy,
            ValidatingAdmissionPolicyBinding binding,
            Request<?> request,
            RequestValues values,
            Lookup lookup) {
        ParamKind kind = policy.spec().paramKind();
        ParamRef reference = binding.spec().paramRef();
        if (kind == null || reference == null) {
            return List.of(values.value(null));
        }
        ResourceType<?> type = types.apply(kind)
                .orElseThrow(() -> new Missing("failed to find resource referenced by paramKind: '" + kind.apiVersion()
                        + ", Kind=" + kind.kind() + "'"));
        List<? extends Resource> found = find(type, reference, request, lookup);
        if (found.isEmpty() && !ParameterNotFoundActionType.ALLOW.equals(reference.parameterNotFoundAction())) {
            throw new Missing("no params found for policy binding with `Deny` parameterNotFoundAction");
        }
        return found.stream().map(values::value).toList();
    }

    private static <P extends Resource> List<P> find(
            ResourceType<P> type, ParamRef reference, Request<?> request, Lookup lookup) {
        String namespace =
                !type.namespaced() ? "" : reference.namespace().isEmpty() ? request.namespace() : reference.namespace();
        if (type.namespaced() && namespace.isEmpty()) {
            throw new Missing("cannot use namespaced paramRef in policy binding that matches cluster-scoped resources");
        }
        if (!reference.name().isEmpty()) {
            return lookup.find(type, namespace, reference.name()).stream().toList();
        }
        LabelSelector wanted = reference.selector();
        Selector selector = wanted == null ? null : Selector.of(wanted);
        return lookup.list(type, namespace).stream()
                .filter(each -> selector == null || selector.matches(each))
                .toList();
    }
}
