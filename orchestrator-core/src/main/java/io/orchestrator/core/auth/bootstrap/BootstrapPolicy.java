package io.orchestrator.core.auth.bootstrap;

import io.orchestrator.api.model.rbac.ClusterRole;
import io.orchestrator.api.model.rbac.ClusterRoleBinding;
import io.orchestrator.api.model.rbac.ClusterRoleBindingBuilder;
import io.orchestrator.api.model.rbac.PolicyRule;
import io.orchestrator.api.model.rbac.Role;
import io.orchestrator.api.model.rbac.RoleBinding;
import io.orchestrator.api.model.rbac.RoleBindingBuilder;
import io.orchestrator.api.model.rbac.RoleBuilder;
import io.orchestrator.api.model.rbac.RoleRef;
import io.orchestrator.api.model.rbac.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What every cluster starts with. */
public final class BootstrapPolicy {
    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final String SYSTEM = "kube-system";

    private BootstrapPolicy() {}

    public static List<ClusterRole> clusterRoles() {
        List<ClusterRole> all = new ArrayList<>();
        all.addAll(UserRoles.all());
        all.addAll(SystemRoles.all());
        all.addAll(ControllerRoles.all());
        return all;
    }

    /** What every agent of a node may do; of some kinds only its own, see {@code core.auth.node}. */
    public static ClusterRole node() {
        return SystemRoles.node();
    }

    public static List<ClusterRoleBinding> clusterRoleBindings() {
        List<ClusterRoleBinding> all = new ArrayList<>(List.of(
                bound("cluster-admin", group("system:masters")),
                bound("system:monitoring", group("system:monitoring")),
                bound("system:discovery", group("system:authenticated")),
                bound("system:basic-user", group("system:authenticated")),
                bound("system:public-info-viewer", group("system:authenticated"), group("system:unauthenticated")),
                bound("system:node-proxier", user("system:kube-proxy")),
                bound("system:kube-controller-manager", user("system:kube-controller-manager")),
                bound("system:kube-dns", account(SYSTEM, "kube-dns")),
                bound("system:kube-scheduler", user("system:kube-scheduler")),
                bound("system:volume-scheduler", user("system:kube-scheduler")),
                bound("system:service-account-issuer-discovery", group("system:serviceaccounts")),
                bound("system:node")));
        for (ClusterRole role : ControllerRoles.all()) {
            String name = role.metadata().name();
            all.add(bound(name, account(SYSTEM, name.substring(ControllerRoles.PREFIX.length()))));
        }
        return all;
    }

    public static List<Role> roles() {
        return List.of(
                role(
                        SYSTEM,
                        "extension-apiserver-authentication-reader",
                        Rules.named("get list watch", "core", "configmaps", "extension-apiserver-authentication")),
                role(
                        SYSTEM,
                        "system::leader-locking-kube-controller-manager",
                        Rules.rule("watch", "core", "configmaps"),
                        Rules.named("get update", "core", "configmaps", "kube-controller-manager")),
                role(
                        SYSTEM,
                        "system::leader-locking-kube-scheduler",
                        Rules.rule("watch", "core", "configmaps"),
                        Rules.named("get update", "core", "configmaps", "kube-scheduler")));
    }

    public static List<RoleBinding> roleBindings() {
        return List.of(
                bound(
                        "system::extension-apiserver-authentication-reader",
                        "extension-apiserver-authentication-reader",
                        user("system:kube-controller-manager"),
                        user("system:kube-scheduler")),
                bound(
                        "system::leader-locking-kube-controller-manager",
                        "system::leader-locking-kube-controller-manager",
                        user("system:kube-controller-manager"),
                        account(SYSTEM, "kube-controller-manager")),
                bound(
                        "system::leader-locking-kube-scheduler",
                        "system::leader-locking-kube-scheduler",
                        user("system:kube-scheduler"),
                        account(SYSTEM, "kube-scheduler")));
    }

    private static Role role(String namespace, String name, PolicyRule... rules) {
        return RoleBuilder.builder()
                .metadata(Rules.metadata(namespace, name, Map.of()))
                .rules(List.of(rules))
                .build();
    }

    private static ClusterRoleBinding bound(String role, Subject... subjects) {
        return ClusterRoleBindingBuilder.builder()
                .metadata(Rules.metadata("", role, Map.of()))
                .roleRef(new RoleRef(GROUP, "ClusterRole", role))
                .subjects(List.of(subjects))
                .build();
    }

    private static RoleBinding bound(String name, String role, Subject... subjects) {
        return RoleBindingBuilder.builder()
                .metadata(Rules.metadata(SYSTEM, name, Map.of()))
                .roleRef(new RoleRef(GROUP, "Role", role))
                .subjects(List.of(subjects))
                .build();
    }

    private static Subject group(String name) {
        return new Subject("Group", GROUP, name, "");
    }

    private static Subject user(String name) {
        return new Subject("User", GROUP, name, "");
    }

    private static Subject account(String namespace, String name) {
        return new Subject("ServiceAccount", "", name, namespace);
    }
}
