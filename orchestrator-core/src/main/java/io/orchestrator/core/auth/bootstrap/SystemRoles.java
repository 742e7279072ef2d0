package io.orchestrator.core.auth.bootstrap;

import static io.orchestrator.core.auth.bootstrap.Rules.EVERY_VERB;
import static io.orchestrator.core.auth.bootstrap.Rules.READ;
import static io.orchestrator.core.auth.bootstrap.Rules.events;
import static io.orchestrator.core.auth.bootstrap.Rules.named;
import static io.orchestrator.core.auth.bootstrap.Rules.paths;
import static io.orchestrator.core.auth.bootstrap.Rules.role;
import static io.orchestrator.core.auth.bootstrap.Rules.rule;

import io.orchestrator.api.model.rbac.ClusterRole;
import java.util.List;

/** The roles for everybody, and for the components of a cluster. */
final class SystemRoles {
    private static final String CERTIFICATES = "certificates.k8s.io";
    private static final String HEALTH = "/healthz /livez /readyz";
    private static final String VERSION = "/version /version/";
    private static final String STORAGE = "storage.k8s.io";
    private static final String REQUESTS = "certificatesigningrequests";

    private SystemRoles() {}

    static List<ClusterRole> all() {
        return List.of(
                discovery(),
                role(
                        "system:basic-user",
                        rule("create", "authorization.k8s.io", "selfsubjectaccessreviews selfsubjectrulesreviews"),
                        rule("create", "authentication.k8s.io", "selfsubjectreviews")),
                role("system:public-info-viewer", paths("get", HEALTH + " " + VERSION)),
                role(
                        "system:monitoring",
                        paths("get", "/metrics /metrics/slis " + HEALTH + " /healthz/* /livez/* /readyz/*")),
                role(
                        "system:service-account-issuer-discovery",
                        paths(
                                "get",
                                "/.well-known/openid-configuration /.well-known/openid-configuration/ /openid/v1/jwks "
                                        + "/openid/v1/jwks/")),
                role(
                        "system:auth-delegator",
                        rule("create", "authentication.k8s.io", "tokenreviews"),
                        rule("create", "authorization.k8s.io", "subjectaccessreviews")),
                role("system:kube-aggregator", rule(READ, "core", "endpoints services")),
                role(
                        "system:heapster",
                        rule(READ, "core", "events namespaces nodes pods"),
                        rule(READ, "extensions", "deployments")),
                role("system:kube-dns", rule("list watch", "core", "endpoints services")),
                controllerManager(),
                scheduler(),
                role(
                        "system:volume-scheduler",
                        rule("get list patch update watch", "core", "persistentvolumes"),
                        rule(READ, STORAGE, "storageclasses"),
                        rule("get list patch update watch", "core", "persistentvolumeclaims")),
                role(
                        "system:persistent-volume-provisioner",
                        rule("create delete get list watch", "core", "persistentvolumes"),
                        rule("get list update watch", "core", "persistentvolumeclaims"),
                        rule(READ, STORAGE, "storageclasses"),
                        rule("watch", "core", "events"),
                        events()),
                node(),
                role(
                        "system:node-proxier",
                        rule("list watch", "core", "endpoints services"),
                        rule(READ, "core", "nodes"),
                        events(),
                        rule("list watch", "discovery.k8s.io", "endpointslices"),
                        rule("list watch", "networking.k8s.io", "servicecidrs")),
                role(
                        "system:node-problem-detector",
                        rule("get", "core", "nodes"),
                        rule("patch", "core", "nodes/status"),
                        events()),
                role("system:node-bootstrapper", rule("create get list watch", CERTIFICATES, REQUESTS)),
                role(
                        "system:kubelet-api-admin",
                        rule(READ, "core", "nodes"),
                        rule("proxy", "core", "nodes"),
                        rule(
                                "*",
                                "core",
                                "nodes/checkpoint nodes/configz nodes/healthz nodes/log nodes/metrics nodes/pods "
                                        + "nodes/proxy nodes/stats")),
                role(
                        "system:certificates.k8s.io:certificatesigningrequests:nodeclient",
                        rule("create", CERTIFICATES, REQUESTS + "/nodeclient")),
                role(
                        "system:certificates.k8s.io:certificatesigningrequests:selfnodeclient",
                        rule("create", CERTIFICATES, REQUESTS + "/selfnodeclient")),
                approver("legacy-unknown-approver", "kubernetes.io/legacy-unknown"),
                approver("kubelet-serving-approver", "kubernetes.io/kubelet-serving"),
                approver("kube-apiserver-client-approver", "kubernetes.io/kube-apiserver-client"),
                approver("kube-apiserver-client-kubelet-approver", "kubernetes.io/kube-apiserver-client-kubelet"));
    }

    private static ClusterRole discovery() {
        return role(
                "system:discovery",
                paths("get", "/api /api/* /apis /apis/* " + HEALTH + " /openapi /openapi/* " + VERSION));
    }

    private static ClusterRole approver(String name, String signer) {
        return role("system:certificates.k8s.io:" + name, named("approve", CERTIFICATES, "signers", signer));
    }

    private static ClusterRole controllerManager() {
        return role(
                "system:kube-controller-manager",
                events(),
                rule("create", "coordination.k8s.io", "leases"),
                named("get update", "coordination.k8s.io", "leases", "kube-controller-manager"),
                rule("create", "core", "secrets serviceaccounts"),
                rule("delete", "core", "secrets"),
                rule("get", "core", "configmaps namespaces secrets serviceaccounts"),
                rule("update", "core", "secrets serviceaccounts"),
                rule("create", "authentication.k8s.io", "tokenreviews"),
                rule("create", "authorization.k8s.io", "subjectaccessreviews"),
                rule("list watch", "*", "*"),
                rule("create", "core", "serviceaccounts/token"));
    }

    private static ClusterRole scheduler() {
        return role(
                "system:kube-scheduler",
                events(),
                rule("create", "coordination.k8s.io", "leases"),
                named("get update", "coordination.k8s.io", "leases", "kube-scheduler"),
                rule(READ, "core", "nodes"),
                rule("delete get list watch", "core", "pods"),
                rule("create", "core", "bindings pods/binding"),
                rule("patch update", "core", "pods/status"),
                rule(READ, "core", "replicationcontrollers services"),
                rule(READ, "apps extensions", "replicasets"),
                rule(READ, "apps", "statefulsets"),
                rule(READ, "policy", "poddisruptionbudgets"),
                rule(READ, "core", "persistentvolumeclaims persistentvolumes"),
                rule("create", "authentication.k8s.io", "tokenreviews"),
                rule("create", "authorization.k8s.io", "subjectaccessreviews"),
                rule(READ, STORAGE, "csinodes"),
                rule("list watch", "core", "namespaces"),
                rule(READ, STORAGE, "csidrivers csistoragecapacities"),
                rule(READ, "resource.k8s.io", "deviceclasses resourceclaims resourceslices"));
    }

    /** What an agent needs; agents that are known by their node's name get it from the node authorizer, and only for their node. */
    static ClusterRole node() {
        return role(
                "system:node",
                rule("create", "authentication.k8s.io", "tokenreviews"),
                rule("create", "authorization.k8s.io", "localsubjectaccessreviews subjectaccessreviews"),
                rule(READ, "core", "services"),
                rule("create get list watch", "core", "nodes"),
                rule("patch update", "core", "nodes/status"),
                rule("patch update", "core", "nodes"),
                events(),
                rule(READ, "core", "pods"),
                rule("create delete", "core", "pods"),
                rule("patch update", "core", "pods/status"),
                rule("create", "core", "pods/eviction"),
                rule(READ, "core", "configmaps secrets"),
                rule("get", "core", "persistentvolumeclaims persistentvolumes"),
                rule("get", "core", "endpoints"),
                rule("create get list watch", CERTIFICATES, REQUESTS),
                rule("create delete get patch update", "coordination.k8s.io", "leases"),
                rule("get", STORAGE, "volumeattachments"),
                rule("create", "core", "serviceaccounts/token"),
                rule("get patch update", "core", "persistentvolumeclaims/status"),
                rule(READ, STORAGE, "csidrivers"),
                rule("create delete get patch update", STORAGE, "csinodes"),
                rule(READ, "node.k8s.io", "runtimeclasses"),
                rule("get", "resource.k8s.io", "resourceclaims"),
                rule("deletecollection", "resource.k8s.io", "resourceslices"),
                rule(EVERY_VERB.replace("deletecollection ", ""), "resource.k8s.io", "resourceslices"));
    }
}
