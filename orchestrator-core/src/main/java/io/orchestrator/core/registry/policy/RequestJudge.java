package io.orchestrator.core.registry.policy;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.admissionregistration.MatchCondition;
import io.orchestrator.api.model.admissionregistration.RuleWithOperations;
import io.orchestrator.core.cel.Budget;
import io.orchestrator.core.cel.ExpressionException;
import io.orchestrator.core.registry.admission.Admission.Lookup;
import io.orchestrator.core.registry.admission.Admission.Request;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says of webhooks whether a request is meant, by the same rules as of policies. Thread-safe. */
public final class RequestJudge {
    private final RequestValues.Source source;
    private final RequestMatcher matcher;
    private final PolicyExpressions expressions = new PolicyExpressions();

    RequestJudge(RequestValues.Source source, RequestMatcher matcher) {
        this.source = source;
        this.matcher = matcher;
    }

    public RequestConditions compile(List<MatchCondition> conditions) {
        return RequestConditions.compiled(conditions, expressions::conditions);
    }

    /** Requests that nothing may stand in the way of. */
    public boolean isExempt(Request<?> request) {
        return RequestMatcher.isExempt(request);
    }

    /** In which form of the resource the request is meant by one of the rules, its own before all others; empty where it is by none. */
    public Optional<ResourceType<?>> form(List<RuleWithOperations> rules, boolean equivalent, Request<?> request) {
        return matcher.form(rules, equivalent, request);
    }

    public boolean selects(
            @Nullable LabelSelector namespaces, @Nullable LabelSelector objects, Request<?> request, Lookup lookup) {
        return matcher.selects(namespaces, objects, request, lookup);
    }

    /**
     * Whether the conditions hold of the request.
     *
     * @param form the version in which they see its objects
     * @throws Undecided when a condition fails and none is false
     */
    public <T extends Resource> boolean holds(
            RequestConditions conditions, ResourceType<?> form, Request<T> request, Lookup lookup) throws Undecided {
        if (conditions.isEmpty()) {
            return true;
        }
        try {
            return conditions.hold(new RequestValues(request, lookup, source).variables(form), Budget.ofConditions());
        } catch (ExpressionException e) {
            throw new Undecided(String.valueOf(e.getMessage()));
        }
    }

    /** A condition gave no answer. */
    public static final class Undecided extends Exception {
        private static final long serialVersionUID = 1L;

        Undecided(String message) {
            super(message);
        }
    }
}
