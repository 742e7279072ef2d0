package io.orchestrator.core.registry.policy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Cause;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.admissionregistration.FailurePolicyType;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicy;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicyBinding;
import io.orchestrator.api.model.admissionregistration.ValidationAction;
import io.orchestrator.core.cel.Budget;
import io.orchestrator.core.cel.ExpressionException;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.registry.admission.Admission;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges requests by the policies that bindings put in force. Thread-safe. */
public final class PolicyAdmission implements Admission {
    private static final Logger AUDIT = LoggerFactory.getLogger("io.orchestrator.audit");
    private static final int FORGOTTEN_BEYOND = 1_000;

    private final ObjectCodec codec;
    private final RequestMatcher matcher;
    private final PolicyParameters parameters;
    private final PolicyExpressions expressions = new PolicyExpressions();
    private final Map<ValidatingAdmissionPolicy, CompiledPolicy> compiled = new ConcurrentHashMap<>();

    PolicyAdmission(ObjectCodec codec, RequestMatcher matcher, PolicyParameters parameters) {
        this.codec = codec;
        this.matcher = matcher;
        this.parameters = parameters;
    }

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
        RequestValues values = new RequestValues(request, lookup, codec);
        Budget budget = Budget.ofRequest();
        for (ValidatingAdmissionPolicy policy : policies) {
            if (!matcher.matches(policy.spec().matchConstraints(), request, lookup)) {
                continue;
            }
            for (ValidatingAdmissionPolicyBinding binding : bindings) {
                boolean bound =
                        binding.spec().policyName().equals(policy.metadata().name())
                                && matcher.matches(binding.spec().matchResources(), request, lookup);
                if (bound) {
                    judge(policy, binding, request, values, lookup, budget);
                }
            }
        }
    }

    private void judge(
            ValidatingAdmissionPolicy policy,
            ValidatingAdmissionPolicyBinding binding,
            Request<?> request,
            RequestValues values,
            Lookup lookup,
            Budget budget) {
        boolean strict = !FailurePolicyType.IGNORE.equals(policy.spec().failurePolicy());
        try {
            CompiledPolicy rules = compiled(policy);
            if (!rules.isMeant(values.variables(), budget)) {
                return;
            }
            for (Object params : parameters.of(policy, binding, request, values, lookup)) {
                for (CompiledPolicy.Finding finding : rules.judge(values.variables(), params, strict, budget)) {
                    act(policy, binding, request, finding);
                }
            }
        } catch (ExpressionException | PolicyParameters.Missing e) {
            if (strict) {
                act(policy, binding, request, new CompiledPolicy.Finding(String.valueOf(e.getMessage()), "Invalid"));
            }
        }
    }

    private CompiledPolicy compiled(ValidatingAdmissionPolicy policy) {
        if (compiled.size() > FORGOTTEN_BEYOND) {
            compiled.clear();
        }
        return compiled.computeIfAbsent(policy, key -> new CompiledPolicy(key, expressions));
    }

    private static void act(
            ValidatingAdmissionPolicy policy,
            ValidatingAdmissionPolicyBinding binding,
            Request<?> request,
            CompiledPolicy.Finding finding) {
        List<String> actions = binding.spec().validationActions();
        String named = "ValidatingAdmissionPolicy '" + policy.metadata().name() + "' with binding '"
                + binding.metadata().name() + "'";
        if (actions.contains(ValidationAction.WARN)) {
            request.caller().warnings().accept("Validation failed for " + named + ": " + finding.message());
        }
        if (actions.contains(ValidationAction.AUDIT)) {
            AUDIT.info(
                    "{} {} {}/{} by {}: {}: {}",
                    request.operation().name().toLowerCase(Locale.ROOT),
                    request.type(),
                    request.namespace(),
                    request.name(),
                    request.caller().user(),
                    named,
                    finding.message());
        }
        if (actions.contains(ValidationAction.DENY)) {
            throw denial(request, named + " denied request: " + finding.message(), finding);
        }
    }

    private static ApiException denial(Request<?> request, String why, CompiledPolicy.Finding finding) {
        ApiException forbidden = request.denied(why);
        Reason reason = switch (finding.reason()) {
            case "Unauthorized" -> Reason.UNAUTHORIZED;
            case "Forbidden" -> Reason.FORBIDDEN;
            case "RequestEntityTooLarge" -> Reason.REQUEST_ENTITY_TOO_LARGE;
            default -> Reason.INVALID;
        };
        return new ApiException(
                reason, forbidden.getMessage(), forbidden.subject(), List.of(new Cause("", "", why)), 0);
    }
}
