package io.orchestrator.core.registry.policy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.admissionregistration.FailurePolicyType;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicy;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicyBinding;
import io.orchestrator.core.cel.ExpressionException;
import io.orchestrator.core.registry.admission.Admission;
import io.orchestrator.core.registry.webhook.ConversionFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Judges requests by the policies that bindings put in force. Thread-safe. */
public final class PolicyAdmission implements Admission {
    private static final int FORGOTTEN_BEYOND = 1_000;

    private final RequestValues.Source source;
    private final RequestMatcher matcher;
    private final PolicyParameters parameters;
    private final PolicyExpressions expressions = new PolicyExpressions();
    private final Map<ValidatingAdmissionPolicy, CompiledPolicy> compiled = new ConcurrentHashMap<>();

    PolicyAdmission(RequestValues.Source source, RequestMatcher matcher, PolicyParameters parameters) {
        this.source = source;
        this.matcher = matcher;
        this.parameters = parameters;
    }

    /** All policies have their say, in warnings and audit notes, too; the first refusal is the answer. */
    @Override
    public <T extends Resource> void check(Request<T> request, Lookup lookup) {
        if (RequestMatcher.isExempt(request)) {
            return;
        }
        List<ValidatingAdmissionPolicy> policies = lookup.list(ValidatingAdmissionPolicy.TYPE, "");
        if (policies.isEmpty()) {
            return;
        }
        List<ValidatingAdmissionPolicyBinding> bindings = lookup.list(ValidatingAdmissionPolicyBinding.TYPE, "");
        RequestValues values = new RequestValues(request, lookup, source);
        List<ApiException> denials = new ArrayList<>();
        for (ValidatingAdmissionPolicy policy : policies) {
            Optional<ResourceType<?>> form = matcher.form(policy.spec().matchConstraints(), request, lookup);
            if (form.isEmpty()) {
                continue;
            }
            for (ValidatingAdmissionPolicyBinding binding : bindings) {
                boolean bound =
                        binding.spec().policyName().equals(policy.metadata().name())
                                && matcher.form(binding.spec().matchResources(), request, lookup)
                                        .isPresent();
                if (bound) {
                    judge(new PolicyVerdicts(policy, binding, request, denials), form.get(), values, lookup);
                }
            }
        }
        if (!denials.isEmpty()) {
            throw denials.get(0);
        }
    }

    private void judge(PolicyVerdicts verdicts, ResourceType<?> form, RequestValues values, Lookup lookup) {
        ValidatingAdmissionPolicy policy = verdicts.policy();
        boolean strict = !FailurePolicyType.IGNORE.equals(policy.spec().failurePolicy());
        List<Object> found;
        try {
            found = parameters.of(policy, verdicts.binding(), verdicts.request(), values, lookup);
        } catch (PolicyParameters.Missing e) {
            if (strict) {
                verdicts.deny("failed to configure binding: " + e.getMessage());
            }
            return;
        }
        for (Object params : found) {
            try {
                CompiledPolicy rules = compiled(policy);
                Map<String, Object> variables = values.variables(form);
                if (rules.isMeant(variables, params)) {
                    rules.judge(variables, params, strict, verdicts::note).forEach(verdicts::add);
                }
            } catch (ExpressionException | ConversionFailure e) {
                if (strict) {
                    verdicts.add(CompiledPolicy.Finding.ofError(String.valueOf(e.getMessage())));
                }
            }
        }
    }

    private CompiledPolicy compiled(ValidatingAdmissionPolicy policy) {
        if (compiled.size() > FORGOTTEN_BEYOND) {
            compiled.clear();
        }
        return compiled.computeIfAbsent(policy, key -> new CompiledPolicy(key, expressions));
    }
}
