package io.orchestrator.core.auth.rbac;

import io.orchestrator.api.model.rbac.PolicyRule;
import io.orchestrator.core.auth.Authorizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rules of one role, sorted by the resources that they name. Immutable. */
final class CompiledRole {
    private static final String ALL = "*";

    private final List<PolicyRule> rules;
    private final Map<String, List<PolicyRule>> byResource;
    private final List<PolicyRule> ofPaths;

    private CompiledRole(List<PolicyRule> rules, Map<String, List<PolicyRule>> byResource, List<PolicyRule> ofPaths) {
        this.rules = rules;
        this.byResource = byResource;
        this.ofPaths = ofPaths;
    }

    static CompiledRole of(List<PolicyRule> rules) {
        Map<String, List<PolicyRule>> byResource = new HashMap<>();
        List<PolicyRule> ofPaths = new ArrayList<>();
        for (PolicyRule rule : rules) {
            rule.resources()
                    .forEach(resource -> byResource
                            .computeIfAbsent(resource, known -> new ArrayList<>())
                            .add(rule));
            if (!rule.nonResourceURLs().isEmpty()) {
                ofPaths.add(rule);
            }
        }
        return new CompiledRole(rules, byResource, ofPaths);
    }

    List<PolicyRule> rules() {
        return rules;
    }

    boolean allows(Authorizer.Request request) {
        String resource = request.resource();
        if (resource.isEmpty()) {
            return allowsPath(request);
        }
        int slash = resource.indexOf('/');
        return allows(byResource.get(resource), request)
                || allows(byResource.get(ALL), request)
                || (slash >= 0 && allows(byResource.get(ALL + resource.substring(slash)), request));
    }

    private static boolean allows(
            @org.jspecify.annotations.Nullable List<PolicyRule> candidates, Authorizer.Request request) {
        if (candidates == null) {
            return false;
        }
        for (PolicyRule rule : candidates) {
            if (has(rule.verbs(), request.verb())
                    && has(rule.apiGroups(), request.group())
                    && (rule.resourceNames().isEmpty() || rule.resourceNames().contains(request.name()))) {
                return true;
            }
        }
        return false;
    }

    private boolean allowsPath(Authorizer.Request request) {
        for (PolicyRule rule : ofPaths) {
            if (has(rule.verbs(), request.verb()) && covers(rule.nonResourceURLs(), request.path())) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(List<String> allowed, String wanted) {
        return allowed.contains(wanted) || allowed.contains(ALL);
    }

    /** Whether one of the patterns is the path, or ends in a star and begins like it. */
    static boolean covers(List<String> patterns, String path) {
        for (String pattern : patterns) {
            boolean prefix = pattern.endsWith(ALL) && path.startsWith(pattern.substring(0, pattern.length() - 1));
            if (prefix || pattern.equals(path)) {
                return true;
            }
        }
        return false;
    }
}
