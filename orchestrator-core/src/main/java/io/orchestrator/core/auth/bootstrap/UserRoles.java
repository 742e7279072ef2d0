package io.orchestrator.core.auth.bootstrap;

import static io.orchestrator.core.auth.bootstrap.Rules.EVERY_VERB;
import static io.orchestrator.core.auth.bootstrap.Rules.READ;
import static io.orchestrator.core.auth.bootstrap.Rules.WRITE;
import static io.orchestrator.core.auth.bootstrap.Rules.paths;
import static io.orchestrator.core.auth.bootstrap.Rules.role;
import static io.orchestrator.core.auth.bootstrap.Rules.rule;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.model.rbac.AggregationRule;
import io.orchestrator.api.model.rbac.ClusterRole;
import io.orchestrator.api.model.rbac.ClusterRoleBuilder;
import java.util.List;
import java.util.Map;

/** The roles for people. All but the first are put together from other roles, by label, so that others can add to them. */
final class UserRoles {
    private static final String AGGREGATE = "rbac.authorization.k8s.io/aggregate-to-";
    private static final String TRUE = "true";

    private static final String WORKLOADS =
            "daemonsets deployments deployments/scale replicasets replicasets/scale statefulsets statefulsets/scale";
    private static final String CORE =
            "configmaps endpoints persistentvolumeclaims replicationcontrollers replicationcontrollers/scale services";

    private UserRoles() {}

    static List<ClusterRole> all() {
        return List.of(
                role("cluster-admin", rule("*", "*", "*"), paths("*", "*")),
                aggregated("admin", Map.of()),
                aggregated("edit", Map.of(AGGREGATE + "admin", TRUE)),
                aggregated("view", Map.of(AGGREGATE + "edit", TRUE)),
                labelled(forAdmin(), "admin"),
                labelled(forEdit(), "edit"),
                labelled(forView(), "view"),
                labelled(labelled(labelled(forMetrics(), "view"), "edit"), "admin"));
    }

    /** What everybody gets who may look at pods. */
    private static ClusterRole forMetrics() {
        return role("system:aggregated-metrics-reader", rule(READ, "metrics.k8s.io", "nodes pods"));
    }

    private static ClusterRole forAdmin() {
        return role(
                "system:aggregate-to-admin",
                rule("create", "authorization.k8s.io", "localsubjectaccessreviews"),
                rule(EVERY_VERB, "rbac.authorization.k8s.io", "rolebindings roles"));
    }

    private static ClusterRole forEdit() {
        return role(
                "system:aggregate-to-edit",
                rule(READ, "core", "pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy"),
                rule("impersonate", "core", "serviceaccounts"),
                rule(WRITE, "core", "pods pods/attach pods/exec pods/portforward pods/proxy"),
                rule("create", "core", "pods/eviction"),
                rule(WRITE, "core", CORE.replace("endpoints ", "") + " events secrets serviceaccounts services/proxy"),
                rule("create", "core", "serviceaccounts/token"),
                rule(WRITE, "apps", WORKLOADS + " deployments/rollback"),
                rule(WRITE, "autoscaling", "horizontalpodautoscalers"),
                rule(WRITE, "batch", "cronjobs jobs"),
                rule(
                        WRITE,
                        "extensions",
                        "daemonsets deployments deployments/rollback deployments/scale ingresses networkpolicies "
                                + "replicasets replicasets/scale replicationcontrollers/scale"),
                rule(WRITE, "policy", "poddisruptionbudgets"),
                rule(WRITE, "networking.k8s.io", "ingresses networkpolicies"),
                rule(EVERY_VERB, "coordination.k8s.io", "leases"));
    }

    private static ClusterRole forView() {
        return role(
                "system:aggregate-to-view",
                rule(READ, "core", CORE + " persistentvolumeclaims/status pods serviceaccounts services/status"),
                rule(
                        READ,
                        "core",
                        "bindings events limitranges namespaces/status pods/log pods/status "
                                + "replicationcontrollers/status resourcequotas resourcequotas/status"),
                rule(READ, "core", "namespaces"),
                rule(READ, "discovery.k8s.io", "endpointslices"),
                rule(
                        READ,
                        "apps",
                        "controllerrevisions daemonsets/status deployments/status replicasets/status "
                                + "statefulsets/status " + WORKLOADS),
                rule(READ, "autoscaling", "horizontalpodautoscalers horizontalpodautoscalers/status"),
                rule(READ, "batch", "cronjobs cronjobs/status jobs jobs/status"),
                rule(
                        READ,
                        "extensions",
                        "daemonsets daemonsets/status deployments deployments/scale deployments/status ingresses "
                                + "ingresses/status networkpolicies replicasets replicasets/scale replicasets/status "
                                + "replicationcontrollers/scale"),
                rule(READ, "policy", "poddisruptionbudgets poddisruptionbudgets/status"),
                rule(READ, "networking.k8s.io", "ingresses ingresses/status networkpolicies"));
    }

    private static ClusterRole aggregated(String name, Map<String, String> labels) {
        LabelSelector parts = LabelSelector.of(Map.of(AGGREGATE + name, TRUE));
        return ClusterRoleBuilder.builder()
                .metadata(Rules.metadata("", name, labels))
                .aggregationRule(new AggregationRule(List.of(parts)))
                .build();
    }

    private static ClusterRole labelled(ClusterRole role, String part) {
        return role.withMetadata(role.metadata().withLabel(AGGREGATE + part, TRUE));
    }
}
