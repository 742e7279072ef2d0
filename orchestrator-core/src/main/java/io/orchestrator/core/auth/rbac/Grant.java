package io.orchestrator.core.auth.rbac;

import io.orchestrator.api.model.rbac.RoleRef;
import io.orchestrator.api.model.rbac.Subject;

/**
 * That a binding gives a role to a subject.
 *
 * @param binding key of the binding
 * @param namespace where it holds; empty for everywhere
 */
record Grant(String binding, String bindingName, String namespace, RoleRef role, Subject subject) {

    /** The key of the role in the index. */
    String roleKey() {
        return RoleIndex.isClusterRole(role) ? "/" + role.name() : namespace + "/" + role.name();
    }

    /** As users of Kubernetes read it. */
    String description() {
        String who =
                subject.kind().equals("ServiceAccount") ? subject.name() + "/" + subject.namespace() : subject.name();
        String what = namespace.isEmpty()
                ? "ClusterRoleBinding \"" + bindingName + "\""
                : "RoleBinding \"" + bindingName + "/" + namespace + "\"";
        return what + " of " + role.kind() + " \"" + role.name() + "\" to " + subject.kind() + " \"" + who + "\"";
    }
}
