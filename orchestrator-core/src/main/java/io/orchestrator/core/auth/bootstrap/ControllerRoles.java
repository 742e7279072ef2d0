package io.orchestrator.core.auth.bootstrap;

import static io.orchestrator.core.auth.bootstrap.Rules.READ;
import static io.orchestrator.core.auth.bootstrap.Rules.events;
import static io.orchestrator.core.auth.bootstrap.Rules.paths;
import static io.orchestrator.core.auth.bootstrap.Rules.rule;

import io.orchestrator.api.model.rbac.ClusterRole;
import io.orchestrator.api.model.rbac.PolicyRule;
import java.util.List;

/** One role for each controller, for those who run controllers outside of this process under accounts of their own. */
final class ControllerRoles {
    /** Before the name of the controller and of its account. */
    static final String PREFIX = "system:controller:";

    private static final String PODS = "create delete list patch watch";
    private static final String STORAGE = "storage.k8s.io";

    private ControllerRoles() {}

    static List<ClusterRole> all() {
        return List.of(
                controller(
                        "certificate-controller",
                        rule("delete get list watch", "certificates.k8s.io", "certificatesigningrequests"),
                        rule(
                                "update",
                                "certificates.k8s.io",
                                "certificatesigningrequests/approval certificatesigningrequests/status"),
                        rule("create", "authorization.k8s.io", "subjectaccessreviews"),
                        rule("approve sign", "certificates.k8s.io", "signers"),
                        events()),
                controller(
                        "clusterrole-aggregation-controller",
                        rule("escalate get list patch update watch", "rbac.authorization.k8s.io", "clusterroles")),
                controller(
                        "cronjob-controller",
                        rule("get list update watch", "batch", "cronjobs"),
                        rule("create delete get list patch update watch", "batch", "jobs"),
                        rule("update", "batch", "cronjobs/finalizers cronjobs/status"),
                        rule("delete list", "core", "pods"),
                        events()),
                controller(
                        "daemon-set-controller",
                        rule(READ, "apps extensions", "daemonsets"),
                        rule("update", "apps extensions", "daemonsets/finalizers daemonsets/status"),
                        rule("list watch", "core", "nodes"),
                        rule(PODS, "core", "pods"),
                        rule("create", "core", "pods/binding"),
                        rule("create delete get list patch update watch", "apps", "controllerrevisions"),
                        events()),
                controller(
                        "deployment-controller",
                        rule("get list update watch", "apps extensions", "deployments"),
                        rule("update", "apps extensions", "deployments/finalizers deployments/status"),
                        rule("create delete get list patch update watch", "apps extensions", "replicasets"),
                        rule("get list update watch", "core", "pods"),
                        events()),
                controller(
                        "disruption-controller",
                        rule(READ, "apps extensions", "deployments replicasets"),
                        rule(READ, "core", "replicationcontrollers"),
                        rule(READ, "policy", "poddisruptionbudgets"),
                        rule(READ, "apps", "statefulsets"),
                        rule("update", "policy", "poddisruptionbudgets/status"),
                        rule("patch", "core", "pods/status"),
                        rule("get", "*", "*/scale"),
                        events()),
                controller(
                        "endpoint-controller",
                        rule(READ, "core", "pods services"),
                        rule("create delete get list update", "core", "endpoints"),
                        rule("create", "core", "endpoints/restricted"),
                        events()),
                controller(
                        "endpointslice-controller",
                        rule(READ, "core", "nodes pods services"),
                        rule("update", "core", "services/finalizers"),
                        rule("create delete get list update", "discovery.k8s.io", "endpointslices"),
                        rule("create", "discovery.k8s.io", "endpointslices/restricted"),
                        events()),
                controller(
                        "endpointslicemirroring-controller",
                        rule(READ, "core", "endpoints services"),
                        rule("update", "core", "endpoints/finalizers services/finalizers"),
                        rule("create delete get list update", "discovery.k8s.io", "endpointslices"),
                        rule("create", "discovery.k8s.io", "endpointslices/restricted"),
                        events()),
                controller(
                        "ephemeral-volume-controller",
                        rule("update", "core", "pods/finalizers"),
                        rule(READ, "core", "pods"),
                        rule("create get list watch", "core", "persistentvolumeclaims"),
                        events()),
                controller("generic-garbage-collector", rule("delete get list patch update watch", "*", "*"), events()),
                controller(
                        "horizontal-pod-autoscaler",
                        rule(READ, "autoscaling", "horizontalpodautoscalers"),
                        rule("update", "autoscaling", "horizontalpodautoscalers/status"),
                        rule("get update", "*", "*/scale"),
                        rule("list", "core", "pods"),
                        rule("list", "metrics.k8s.io", "pods"),
                        rule("get list", "custom.metrics.k8s.io external.metrics.k8s.io", "*"),
                        events()),
                controller(
                        "job-controller",
                        rule("get list patch update watch", "batch", "jobs"),
                        rule("update", "batch", "jobs/finalizers jobs/status"),
                        rule(PODS, "core", "pods"),
                        events()),
                controller(
                        "legacy-service-account-token-cleaner",
                        rule("get", "core", "configmaps"),
                        rule("delete patch", "core", "secrets")),
                controller(
                        "namespace-controller",
                        rule("delete get list watch", "core", "namespaces"),
                        rule("update", "core", "namespaces/finalize namespaces/status"),
                        rule("delete deletecollection get list", "*", "*")),
                controller(
                        "node-controller",
                        rule("delete get list patch update", "core", "nodes"),
                        rule("patch update", "core", "nodes/status"),
                        rule("patch update", "core", "pods/status"),
                        rule("delete list", "core", "pods"),
                        events(),
                        rule("get", "core", "pods")),
                controller(
                        "persistent-volume-binder",
                        rule("create delete get list update watch", "core", "persistentvolumes"),
                        rule("update", "core", "persistentvolumes/status"),
                        rule("get list update watch", "core", "persistentvolumeclaims"),
                        rule("update", "core", "persistentvolumeclaims/status"),
                        rule("create delete get list watch", "core", "pods"),
                        rule(READ, STORAGE, "storageclasses"),
                        rule("create delete get update", "core", "endpoints services"),
                        rule("get list", "core", "secrets"),
                        rule("get list", "core", "nodes"),
                        rule("watch", "core", "events"),
                        events()),
                controller(
                        "pod-garbage-collector",
                        rule("delete list watch", "core", "pods"),
                        rule("get list", "core", "nodes"),
                        rule("patch", "core", "pods/status")),
                controller(
                        "pv-protection-controller",
                        rule("get list update watch", "core", "persistentvolumes"),
                        events()),
                controller(
                        "pvc-protection-controller",
                        rule("get list update watch", "core", "persistentvolumeclaims"),
                        rule(READ, "core", "pods"),
                        events()),
                controller(
                        "replicaset-controller",
                        rule("get list update watch", "apps extensions", "replicasets"),
                        rule("update", "apps extensions", "replicasets/finalizers replicasets/status"),
                        rule(PODS, "core", "pods"),
                        events()),
                controller(
                        "replication-controller",
                        rule("get list update watch", "core", "replicationcontrollers"),
                        rule("update", "core", "replicationcontrollers/finalizers replicationcontrollers/status"),
                        rule(PODS, "core", "pods"),
                        events()),
                controller(
                        "resourcequota-controller",
                        rule("list watch", "*", "*"),
                        rule("update", "core", "resourcequotas/status"),
                        events()),
                controller("root-ca-cert-publisher", rule("create update", "core", "configmaps"), events()),
                controller("service-account-controller", rule("create", "core", "serviceaccounts"), events()),
                controller(
                        "service-controller",
                        rule(READ, "core", "services"),
                        rule("patch update", "core", "services/status"),
                        rule("list watch", "core", "nodes"),
                        events()),
                controller(
                        "statefulset-controller",
                        rule("list watch", "core", "pods"),
                        rule(READ, "apps", "statefulsets"),
                        rule("update", "apps", "statefulsets/finalizers statefulsets/status"),
                        rule("create delete get patch update", "core", "pods"),
                        rule("create delete get list patch update watch", "apps", "controllerrevisions"),
                        rule("create delete get list patch update watch", "core", "persistentvolumeclaims"),
                        events()),
                controller("ttl-after-finished-controller", rule("delete get list watch", "batch", "jobs"), events()),
                controller("ttl-controller", rule("list patch update watch", "core", "nodes"), events()),
                controller(
                        "validatingadmissionpolicy-status-controller",
                        rule(READ, "admissionregistration.k8s.io", "validatingadmissionpolicies"),
                        rule("get patch update", "admissionregistration.k8s.io", "validatingadmissionpolicies/status"),
                        paths("get", "/openapi/*"),
                        events()));
    }

    private static ClusterRole controller(String name, PolicyRule... rules) {
        return Rules.role(PREFIX + name, rules);
    }
}
