package io.orchestrator.core.registry.validation;

import io.orchestrator.api.meta.Names;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.LimitRange;
import io.orchestrator.api.model.core.LimitRangeItem;
import io.orchestrator.api.model.core.LimitType;
import io.orchestrator.api.model.core.ResourceQuota;
import io.orchestrator.api.model.core.ResourceQuotaScope;
import io.orchestrator.api.model.core.ResourceQuotaSpec;
import io.orchestrator.api.model.core.ScopedResourceSelectorRequirement;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What must hold of limit ranges and resource quotas. */
public final class QuotaValidation {
    private static final Path SPEC = Path.of("spec");
    private static final List<String> SCOPES = List.of(
            ResourceQuotaScope.BEST_EFFORT,
            ResourceQuotaScope.CROSS_NAMESPACE_POD_AFFINITY,
            ResourceQuotaScope.NOT_BEST_EFFORT,
            ResourceQuotaScope.NOT_TERMINATING,
            ResourceQuotaScope.PRIORITY_CLASS,
            ResourceQuotaScope.TERMINATING);

    private QuotaValidation() {}

    public static void limitRange(LimitRange range, Violations violations) {
        Set<String> types = new HashSet<>();
        List<LimitRangeItem> limits = range.spec().limits();
        for (int i = 0; i < limits.size(); i++) {
            Path at = SPEC.child("limits").index(i);
            LimitRangeItem item = limits.get(i);
            violations.invalid(at.child("type"), item.type(), Names.qualifiedName(item.type()));
            if (!types.add(item.type())) {
                violations.duplicate(at.child("type"), item.type());
            }
            item(item, at, violations);
        }
    }

    private static void item(LimitRangeItem item, Path at, Violations violations) {
        if (item.type().equals(LimitType.POD)) {
            if (!item.defaults().isEmpty()) {
                violations.forbidden(at.child("default"), "may not be specified when `type` is 'Pod'");
            }
            if (!item.defaultRequest().isEmpty()) {
                violations.forbidden(at.child("defaultRequest"), "may not be specified when `type` is 'Pod'");
            }
        }
        boolean bounded = item.min().containsKey("storage") || item.max().containsKey("storage");
        if (item.type().equals(LimitType.PERSISTENT_VOLUME_CLAIM) && !bounded) {
            violations.required(
                    at.child("limits"),
                    "either minimum or maximum storage value is required, but neither was provided");
        }
        Set<String> resources = new TreeSet<>(item.max().keySet());
        resources.addAll(item.min().keySet());
        resources.addAll(item.defaults().keySet());
        resources.addAll(item.defaultRequest().keySet());
        resources.addAll(item.maxLimitRequestRatio().keySet());
        for (String resource : resources) {
            violations.invalid(at, resource, Names.qualifiedName(resource));
            order(item, resource, at, violations);
        }
    }

    /** From the smallest to the largest: min, defaultRequest, default, max. */
    private static void order(LimitRangeItem item, String resource, Path at, Violations violations) {
        Map<String, Quantity> min = item.min();
        notAbove(at.child("min"), "min", min, "max", item.max(), resource, violations);
        notAbove(
                at.child("defaultRequest"), "min", min, "default request", item.defaultRequest(), resource, violations);
        notAbove(
                at.child("defaultRequest"),
                "default request",
                item.defaultRequest(),
                "max",
                item.max(),
                resource,
                violations);
        notAbove(
                at.child("defaultRequest"),
                "default request",
                item.defaultRequest(),
                "default limit",
                item.defaults(),
                resource,
                violations);
        notAbove(at.child("default"), "min", min, "default", item.defaults(), resource, violations);
        notAbove(at.child("default"), "default", item.defaults(), "max", item.max(), resource, violations);
        Quantity ratio = item.maxLimitRequestRatio().get(resource);
        if (ratio != null && ratio.toBigDecimal().compareTo(BigDecimal.ONE) < 0) {
            violations.invalid(
                    at.child("maxLimitRequestRatio").key(resource), ratio, "ratio " + ratio + " is less than 1");
        }
    }

    private static void notAbove(
            Path field,
            String lowerName,
            Map<String, Quantity> lower,
            String upperName,
            Map<String, Quantity> upper,
            String resource,
            Violations violations) {
        Quantity small = lower.get(resource);
        Quantity large = upper.get(resource);
        if (small != null && large != null && small.compareTo(large) > 0) {
            violations.invalid(
                    field.key(resource),
                    small,
                    lowerName + " value " + small + " is greater than " + upperName + " value " + large);
        }
    }

    public static void resourceQuota(ResourceQuota quota, Violations violations) {
        ResourceQuotaSpec spec = quota.spec();
        spec.hard().forEach((resource, quantity) -> {
            Path at = SPEC.child("hard").key(resource);
            violations.invalid(at, resource, Names.qualifiedName(resource));
            PolicyValidation.notNegative(at, quantity, violations);
        });
        scopes(spec.scopes(), violations);
        if (spec.scopeSelector() != null) {
            var terms = spec.scopeSelector().matchExpressions();
            for (int i = 0; i < terms.size(); i++) {
                term(
                        terms.get(i),
                        SPEC.child("scopeSelector").child("matchExpressions").index(i),
                        violations);
            }
        }
    }

    private static void scopes(List<String> scopes, Violations violations) {
        Path field = SPEC.child("scopes");
        for (String scope : scopes) {
            if (!SCOPES.contains(scope)) {
                violations.invalid(field, scopes, "unsupported scope");
            }
        }
        boolean effort =
                scopes.contains(ResourceQuotaScope.BEST_EFFORT) && scopes.contains(ResourceQuotaScope.NOT_BEST_EFFORT);
        boolean end =
                scopes.contains(ResourceQuotaScope.TERMINATING) && scopes.contains(ResourceQuotaScope.NOT_TERMINATING);
        if (effort || end) {
            violations.invalid(field, scopes, "conflicting scopes");
        }
    }

    private static void term(ScopedResourceSelectorRequirement term, Path at, Violations violations) {
        if (!SCOPES.contains(term.scopeName())) {
            violations.invalid(at.child("scopeName"), term.scopeName(), "unsupported scope");
        }
        switch (term.operator()) {
            case "In", "NotIn" -> {
                if (term.values().isEmpty()) {
                    violations.required(
                            at.child("values"),
                            "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!term.values().isEmpty()) {
                    violations.invalid(
                            at.child("values"),
                            term.values(),
                            "must be no value when `operator` is 'Exists' or 'DoesNotExist' for scope selector");
                }
            }
            default -> violations.invalid(at.child("operator"), term.operator(), "not a valid selector operator");
        }
        boolean existence =
                !term.scopeName().equals(ResourceQuotaScope.PRIORITY_CLASS) && SCOPES.contains(term.scopeName());
        if (existence && !term.operator().equals("Exists")) {
            violations.invalid(
                    at.child("operator"),
                    term.operator(),
                    "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating,"
                            + " ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort,"
                            + " ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity");
        }
    }

    public static void resourceQuotaUpdate(ResourceQuota wanted, ResourceQuota current, Violations violations) {
        Check.immutable(
                SPEC.child("scopes"),
                Set.copyOf(wanted.spec().scopes()),
                Set.copyOf(current.spec().scopes()),
                violations);
    }
}
