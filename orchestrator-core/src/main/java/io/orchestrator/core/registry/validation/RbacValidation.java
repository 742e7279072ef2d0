package io.orchestrator.core.registry.validation;

import io.orchestrator.api.meta.Names;
import io.orchestrator.api.model.rbac.ClusterRole;
import io.orchestrator.api.model.rbac.ClusterRoleBinding;
import io.orchestrator.api.model.rbac.PolicyRule;
import io.orchestrator.api.model.rbac.Role;
import io.orchestrator.api.model.rbac.RoleBinding;
import io.orchestrator.api.model.rbac.RoleRef;
import io.orchestrator.api.model.rbac.Subject;
import java.util.List;

/** What must hold of roles and their bindings. */
public final class RbacValidation {
    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final Path ROLE = Path.of("roleRef");

    private RbacValidation() {}

    public static void role(Role role, Violations violations) {
        rules(role.rules(), true, violations);
    }

    public static void clusterRole(ClusterRole role, Violations violations) {
        rules(role.rules(), false, violations);
        if (role.aggregationRule() != null) {
            Path field = Path.of("aggregationRule").child("clusterRoleSelectors");
            var selectors = role.aggregationRule().clusterRoleSelectors();
            if (selectors.isEmpty()) {
                violations.required(field, "at least one clusterRoleSelector required if aggregationRule is non-nil");
            }
            for (int i = 0; i < selectors.size(); i++) {
                SelectorValidation.selector(selectors.get(i), field.index(i), violations);
            }
        }
    }

    private static void rules(List<PolicyRule> rules, boolean namespaced, Violations violations) {
        for (int i = 0; i < rules.size(); i++) {
            rule(rules.get(i), namespaced, Path.of("rules").index(i), violations);
        }
    }

    private static void rule(PolicyRule rule, boolean namespaced, Path at, Violations violations) {
        if (rule.verbs().isEmpty()) {
            violations.required(at.child("verbs"), "verbs must contain at least one value");
        }
        if (!rule.nonResourceURLs().isEmpty()) {
            if (namespaced) {
                violations.invalid(
                        at.child("nonResourceURLs"),
                        rule.nonResourceURLs(),
                        "namespaced rules cannot apply to non-resource URLs");
            }
            if (!rule.apiGroups().isEmpty()
                    || !rule.resources().isEmpty()
                    || !rule.resourceNames().isEmpty()) {
                violations.invalid(
                        at.child("nonResourceURLs"),
                        rule.nonResourceURLs(),
                        "rules cannot apply to both regular resources and non-resource URLs");
            }
            return;
        }
        if (rule.apiGroups().isEmpty()) {
            violations.required(at.child("apiGroups"), "resource rules must supply at least one api group");
        }
        if (rule.resources().isEmpty()) {
            violations.required(at.child("resources"), "resource rules must supply at least one resource");
        }
    }

    public static void roleBinding(RoleBinding binding, Violations violations) {
        roleRef(binding.roleRef(), List.of("Role", "ClusterRole"), violations);
        subjects(binding.subjects(), true, violations);
    }

    public static void clusterRoleBinding(ClusterRoleBinding binding, Violations violations) {
        roleRef(binding.roleRef(), List.of("ClusterRole"), violations);
        subjects(binding.subjects(), false, violations);
    }

    private static void roleRef(RoleRef role, List<String> kinds, Violations violations) {
        violations.oneOf(ROLE.child("apiGroup"), role.apiGroup(), List.of(GROUP));
        violations.oneOf(ROLE.child("kind"), role.kind(), kinds);
        if (role.name().isEmpty()) {
            violations.required(ROLE.child("name"));
        } else {
            violations.invalid(ROLE.child("name"), role.name(), Names.pathSegment(role.name()));
        }
    }

    private static void subjects(List<Subject> subjects, boolean namespaced, Violations violations) {
        for (int i = 0; i < subjects.size(); i++) {
            subject(subjects.get(i), namespaced, Path.of("subjects").index(i), violations);
        }
    }

    private static void subject(Subject subject, boolean namespaced, Path at, Violations violations) {
        if (subject.name().isEmpty()) {
            violations.required(at.child("name"));
        }
        switch (subject.kind()) {
            case "ServiceAccount" -> {
                if (!subject.name().isEmpty()) {
                    violations.invalid(at.child("name"), subject.name(), Names.dnsSubdomain(subject.name()));
                }
                if (!subject.apiGroup().isEmpty()) {
                    violations.notSupported(at.child("apiGroup"), subject.apiGroup(), List.of(""));
                }
                if (!namespaced && subject.namespace().isEmpty()) {
                    violations.required(at.child("namespace"));
                }
            }
            case "User", "Group" -> violations.oneOf(at.child("apiGroup"), subject.apiGroup(), List.of(GROUP));
            default ->
                violations.notSupported(at.child("kind"), subject.kind(), List.of("ServiceAccount", "User", "Group"));
        }
    }

    public static void roleBindingUpdate(RoleBinding wanted, RoleBinding current, Violations violations) {
        sameRole(wanted.roleRef(), current.roleRef(), violations);
    }

    public static void clusterRoleBindingUpdate(
            ClusterRoleBinding wanted, ClusterRoleBinding current, Violations violations) {
        sameRole(wanted.roleRef(), current.roleRef(), violations);
    }

    private static void sameRole(RoleRef wanted, RoleRef current, Violations violations) {
        if (!wanted.equals(current)) {
            violations.invalidStruct(
                    ROLE,
                    "rbac.RoleRef{APIGroup:\"" + wanted.apiGroup() + "\", Kind:\"" + wanted.kind() + "\", Name:\""
                            + wanted.name() + "\"}",
                    "cannot change roleRef");
        }
    }
}
