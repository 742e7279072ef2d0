package io.orchestrator.core.registry.defaults;

import io.orchestrator.api.model.rbac.ClusterRoleBinding;
import io.orchestrator.api.model.rbac.RoleBinding;
import io.orchestrator.api.model.rbac.RoleRef;
import io.orchestrator.api.model.rbac.Subject;

/** What Kubernetes fills in for bindings: the group that roles, users and groups belong to. */
public final class RbacDefaults {
    private static final String GROUP = "rbac.authorization.k8s.io";

    private RbacDefaults() {}

    public static RoleBinding of(RoleBinding binding) {
        return binding.withRoleRef(of(binding.roleRef())).withSubjects(Each.of(binding.subjects(), RbacDefaults::of));
    }

    public static ClusterRoleBinding of(ClusterRoleBinding binding) {
        return binding.withRoleRef(of(binding.roleRef())).withSubjects(Each.of(binding.subjects(), RbacDefaults::of));
    }

    private static RoleRef of(RoleRef role) {
        return role.apiGroup().isEmpty() ? role.withApiGroup(GROUP) : role;
    }

    private static Subject of(Subject subject) {
        boolean person = subject.kind().equals("User") || subject.kind().equals("Group");
        return person && subject.apiGroup().isEmpty() ? subject.withApiGroup(GROUP) : subject;
    }
}
