package io.orchestrator.core.registry.validation;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.meta.Names;
import io.orchestrator.api.model.admissionregistration.FailurePolicyType;
import io.orchestrator.api.model.admissionregistration.MatchCondition;
import io.orchestrator.api.model.admissionregistration.MatchPolicyType;
import io.orchestrator.api.model.admissionregistration.MutatingWebhook;
import io.orchestrator.api.model.admissionregistration.MutatingWebhookConfiguration;
import io.orchestrator.api.model.admissionregistration.OperationType;
import io.orchestrator.api.model.admissionregistration.ReinvocationPolicyType;
import io.orchestrator.api.model.admissionregistration.RuleWithOperations;
import io.orchestrator.api.model.admissionregistration.ScopeType;
import io.orchestrator.api.model.admissionregistration.ServiceReference;
import io.orchestrator.api.model.admissionregistration.SideEffectClass;
import io.orchestrator.api.model.admissionregistration.ValidatingWebhook;
import io.orchestrator.api.model.admissionregistration.ValidatingWebhookConfiguration;
import io.orchestrator.api.model.admissionregistration.WebhookClientConfig;
import java.net.URI;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold of webhooks. */
public final class WebhookValidation {
    private static final Path WEBHOOKS = Path.of("webhooks");
    private static final int LONGEST_TIMEOUT = 30;
    private static final List<String> REVIEW_VERSIONS = List.of("v1", "v1beta1");
    private static final List<String> OPERATIONS = List.of(
            OperationType.OPERATION_ALL,
            OperationType.CONNECT,
            OperationType.CREATE,
            OperationType.DELETE,
            OperationType.UPDATE);
    static final List<String> FAILURE_POLICIES = List.of(FailurePolicyType.FAIL, FailurePolicyType.IGNORE);
    static final List<String> MATCH_POLICIES = List.of(MatchPolicyType.EQUIVALENT, MatchPolicyType.EXACT);
    private static final List<String> SCOPES = List.of(ScopeType.ALL_SCOPES, ScopeType.CLUSTER, ScopeType.NAMESPACED);

    /** What both kinds of webhooks have. */
    private record Hook(
            String name,
            WebhookClientConfig client,
            List<RuleWithOperations> rules,
            @Nullable String failurePolicy,
            @Nullable String matchPolicy,
            @Nullable LabelSelector namespaces,
            @Nullable LabelSelector objects,
            @Nullable String sideEffects,
            @Nullable Integer timeout,
            List<String> reviewVersions,
            List<MatchCondition> conditions) {}

    private WebhookValidation() {}

    public static void mutating(MutatingWebhookConfiguration configuration, Violations violations) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < configuration.webhooks().size(); i++) {
            MutatingWebhook hook = configuration.webhooks().get(i);
            Path at = WEBHOOKS.index(i);
            hook(
                    new Hook(
                            hook.name(),
                            hook.clientConfig(),
                            hook.rules(),
                            hook.failurePolicy(),
                            hook.matchPolicy(),
                            hook.namespaceSelector(),
                            hook.objectSelector(),
                            hook.sideEffects(),
                            hook.timeoutSeconds(),
                            hook.admissionReviewVersions(),
                            hook.matchConditions()),
                    at,
                    names,
                    violations);
            if (hook.reinvocationPolicy() != null) {
                violations.oneOf(
                        at.child("reinvocationPolicy"),
                        hook.reinvocationPolicy(),
                        List.of(ReinvocationPolicyType.IF_NEEDED, ReinvocationPolicyType.NEVER));
            }
        }
    }

    public static void validating(ValidatingWebhookConfiguration configuration, Violations violations) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < configuration.webhooks().size(); i++) {
            ValidatingWebhook hook = configuration.webhooks().get(i);
            hook(
                    new Hook(
                            hook.name(),
                            hook.clientConfig(),
                            hook.rules(),
                            hook.failurePolicy(),
                            hook.matchPolicy(),
                            hook.namespaceSelector(),
                            hook.objectSelector(),
                            hook.sideEffects(),
                            hook.timeoutSeconds(),
                            hook.admissionReviewVersions(),
                            hook.matchConditions()),
                    WEBHOOKS.index(i),
                    names,
                    violations);
        }
    }

    private static void hook(Hook hook, Path at, Set<String> names, Violations violations) {
        name(hook.name(), at.child("name"), violations);
        if (!names.add(hook.name())) {
            violations.duplicate(at.child("name"), hook.name());
        }
        for (int i = 0; i < hook.rules().size(); i++) {
            rule(hook.rules().get(i), at.child("rules").index(i), violations);
        }
        if (hook.failurePolicy() != null) {
            violations.oneOf(at.child("failurePolicy"), hook.failurePolicy(), FAILURE_POLICIES);
        }
        if (hook.matchPolicy() != null) {
            violations.oneOf(at.child("matchPolicy"), hook.matchPolicy(), MATCH_POLICIES);
        }
        List<String> harmless = List.of(SideEffectClass.NONE, SideEffectClass.NONE_ON_DRY_RUN);
        if (hook.sideEffects() == null) {
            violations.required(at.child("sideEffects"), "must specify one of None, NoneOnDryRun");
        } else {
            violations.oneOf(at.child("sideEffects"), hook.sideEffects(), harmless);
        }
        Integer timeout = hook.timeout();
        if (timeout != null && (timeout < 1 || timeout > LONGEST_TIMEOUT)) {
            violations.invalid(
                    at.child("timeoutSeconds"), timeout, "the timeout value must be between 1 and 30 seconds");
        }
        SelectorValidation.selector(hook.namespaces(), at.child("namespaceSelector"), violations);
        SelectorValidation.selector(hook.objects(), at.child("objectSelector"), violations);
        client(hook.client(), at.child("clientConfig"), violations);
        versions(hook.reviewVersions(), at.child("admissionReviewVersions"), violations);
        conditionNames(hook.conditions(), at.child("matchConditions"), violations);
    }

    private static void name(String name, Path field, Violations violations) {
        if (name.isEmpty()) {
            violations.required(field);
            return;
        }
        violations.invalid(field, name, Names.dnsSubdomain(name));
        if (name.split("\\.", -1).length < 3) {
            violations.invalid(field, name, "should be a domain with at least three segments separated by dots");
        }
    }

    private static void rule(RuleWithOperations rule, Path at, Violations violations) {
        listed(rule.apiGroups(), at.child("apiGroups"), violations);
        listed(rule.apiVersions(), at.child("apiVersions"), violations);
        listed(rule.resources(), at.child("resources"), violations);
        listed(rule.operations(), at.child("operations"), violations);
        for (int i = 0; i < rule.apiVersions().size(); i++) {
            if (rule.apiVersions().get(i).isEmpty()) {
                violations.required(at.child("apiVersions").index(i));
            }
        }
        for (int i = 0; i < rule.operations().size(); i++) {
            violations.oneOf(at.child("operations").index(i), rule.operations().get(i), OPERATIONS);
        }
        if (rule.scope() != null) {
            violations.oneOf(at.child("scope"), rule.scope(), SCOPES);
        }
    }

    /** There is something, and everything stands alone. */
    static void listed(List<String> values, Path field, Violations violations) {
        if (values.isEmpty()) {
            violations.required(field);
        } else if (values.size() > 1 && values.contains("*")) {
            violations.invalid(field, values, "if '*' is present, must not specify other " + last(field));
        }
    }

    private static String last(Path field) {
        String text = field.toString();
        return switch (text.substring(text.lastIndexOf('.') + 1)) {
            case "apiGroups" -> "API groups";
            case "apiVersions" -> "API versions";
            case "operations" -> "operations";
            default -> "resources";
        };
    }

    private static void client(WebhookClientConfig client, Path at, Violations violations) {
        ServiceReference service = client.service();
        if ((client.url() == null) == (service == null)) {
            violations.required(at, "exactly one of url or service is required");
            return;
        }
        if (client.url() != null) {
            url(client.url(), at.child("url"), violations);
        }
        if (service != null) {
            StorageValidation.required(at.child("service").child("name"), service.name(), violations);
            StorageValidation.required(at.child("service").child("namespace"), service.namespace(), violations);
            if (service.port() != null) {
                Check.port(at.child("service").child("port"), service.port(), violations);
            }
            if (service.path() != null && !service.path().startsWith("/")) {
                violations.invalid(at.child("service").child("path"), service.path(), "must start with a '/'");
            }
        }
    }

    private static void url(String text, Path field, Violations violations) {
        String form = "; desired format: https://host[/path]";
        try {
            URI uri = URI.create(text);
            if (!"https".equals(uri.getScheme())) {
                violations.invalid(
                        field, String.valueOf(uri.getScheme()), "'https' is the only allowed URL scheme" + form);
            }
            if (uri.getHost() == null || uri.getHost().isEmpty()) {
                violations.invalid(field, "", "host must be specified" + form);
            }
            if (uri.getUserInfo() != null) {
                violations.invalid(field, uri.getUserInfo(), "user information is not permitted in the URL");
            }
            if (uri.getFragment() != null) {
                violations.invalid(field, uri.getFragment(), "fragments are not permitted in the URL");
            }
            if (uri.getQuery() != null) {
                violations.invalid(field, uri.getQuery(), "query parameters are not permitted in the URL");
            }
        } catch (IllegalArgumentException e) {
            violations.required(field, "url must be a valid URL: " + e.getMessage() + form);
        }
    }

    private static void versions(List<String> versions, Path field, Violations violations) {
        if (versions.isEmpty()) {
            violations.required(field, "must specify one of " + String.join(", ", REVIEW_VERSIONS));
        } else if (Collections.disjoint(versions, REVIEW_VERSIONS)) {
            violations.invalid(field, versions, "must include at least one of " + String.join(", ", REVIEW_VERSIONS));
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < versions.size(); i++) {
            if (!seen.add(versions.get(i))) {
                violations.duplicate(field.index(i), versions.get(i));
            }
        }
    }

    static void conditionNames(List<MatchCondition> conditions, Path field, Violations violations) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < conditions.size(); i++) {
            MatchCondition condition = conditions.get(i);
            Path at = field.index(i);
            if (condition.name().isEmpty()) {
                violations.required(at.child("name"));
            } else {
                violations.invalid(at.child("name"), condition.name(), Names.qualifiedName(condition.name()));
                if (!seen.add(condition.name())) {
                    violations.duplicate(at.child("name"), condition.name());
                }
            }
        }
    }
}
