package io.orchestrator.core.auth.rbac;

import io.orchestrator.api.model.rbac.PolicyRule;
import io.orchestrator.api.model.rbac.PolicyRuleBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether rules cover each other. Pure functions. */
public final class PolicyRules {
    private static final String ALL = "*";

    private PolicyRules() {}

    static List<PolicyRule> everything() {
        return List.of(
                PolicyRuleBuilder.builder()
                        .verbs(List.of(ALL))
                        .apiGroups(List.of(ALL))
                        .resources(List.of(ALL))
                        .build(),
                PolicyRuleBuilder.builder()
                        .verbs(List.of(ALL))
                        .nonResourceURLs(List.of(ALL))
                        .build());
    }

    /** The parts of {@code wanted} that {@code held} does not allow, put together again; empty when all is covered. */
    public static List<PolicyRule> missing(List<PolicyRule> held, List<PolicyRule> wanted) {
        List<PolicyRule> missing = new ArrayList<>();
        for (PolicyRule rule : wanted) {
            for (PolicyRule part : parts(rule)) {
                if (held.stream().noneMatch(owned -> covers(owned, part))) {
                    missing.add(part);
                }
            }
        }
        return together(missing);
    }

    /** Rules with one verb, and one group, resource and name or one path each, that come to the same. */
    static List<PolicyRule> parts(PolicyRule rule) {
        List<PolicyRule> parts = new ArrayList<>();
        for (String verb : rule.verbs()) {
            PolicyRuleBuilder part = PolicyRuleBuilder.builder().verbs(List.of(verb));
            for (String group : rule.apiGroups()) {
                for (String resource : rule.resources()) {
                    part.apiGroups(List.of(group)).resources(List.of(resource));
                    if (rule.resourceNames().isEmpty()) {
                        parts.add(part.resourceNames(List.of()).build());
                    }
                    for (String name : rule.resourceNames()) {
                        parts.add(part.resourceNames(List.of(name)).build());
                    }
                }
            }
            for (String url : rule.nonResourceURLs()) {
                parts.add(PolicyRuleBuilder.builder()
                        .verbs(List.of(verb))
                        .nonResourceURLs(List.of(url))
                        .build());
            }
        }
        return parts;
    }

    private static boolean covers(PolicyRule owned, PolicyRule part) {
        boolean names = owned.resourceNames().isEmpty()
                || (!part.resourceNames().isEmpty() && owned.resourceNames().containsAll(part.resourceNames()));
        return hasAll(owned.verbs(), part.verbs())
                && hasAll(owned.apiGroups(), part.apiGroups())
                && part.resources().stream().allMatch(resource -> hasResource(owned.resources(), resource))
                && part.nonResourceURLs().stream().allMatch(url -> CompiledRole.covers(owned.nonResourceURLs(), url))
                && names;
    }

    private static boolean hasAll(List<String> owned, List<String> wanted) {
        return owned.contains(ALL) || owned.containsAll(wanted);
    }

    private static boolean hasResource(List<String> owned, String resource) {
        int slash = resource.indexOf('/');
        return owned.contains(ALL)
                || owned.contains(resource)
                || (slash >= 0 && owned.contains(ALL + resource.substring(slash)));
    }

    /** Parts that differ in their verbs alone become one rule. */
    private static List<PolicyRule> together(List<PolicyRule> parts) {
        Map<PolicyRule, Set<String>> verbs = new LinkedHashMap<>();
        for (PolicyRule part : parts) {
            verbs.computeIfAbsent(part.withVerbs(List.of()), known -> new LinkedHashSet<>())
                    .addAll(part.verbs());
        }
        List<PolicyRule> all = new ArrayList<>();
        verbs.forEach((rule, of) -> all.add(rule.withVerbs(List.copyOf(of))));
        return all;
    }

    /** As users of Kubernetes read it. */
    public static String compact(PolicyRule rule) {
        List<String> parts = new ArrayList<>();
        part(parts, "APIGroups", rule.apiGroups());
        part(parts, "Resources", rule.resources());
        part(parts, "NonResourceURLs", rule.nonResourceURLs());
        part(parts, "ResourceNames", rule.resourceNames());
        part(parts, "Verbs", rule.verbs());
        return "{" + String.join(", ", parts) + "}";
    }

    private static void part(List<String> parts, String name, List<String> values) {
        if (!values.isEmpty()) {
            parts.add(name + ":" + quoted(values));
        }
    }

    /** {@code ["a" "b"]}. */
    public static String quoted(List<String> values) {
        return values.stream()
                .map(value -> "\"" + value + "\"")
                .collect(java.util.stream.Collectors.joining(" ", "[", "]"));
    }
}
