package io.orchestrator.apiserver.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.codec.Manifests;
import io.orchestrator.core.registry.Catalog;
import io.orchestrator.core.schema.Kinds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The columns that people know from kubectl, and what stands in them. */
class PrintersTest {
    private static final Instant NOW = Instant.parse("2026-01-02T00:10:00Z");
    private static final String META = "metadata: {name: x, creationTimestamp: '2026-01-02T00:00:00Z'}, ";

    private final Printers printers = new Printers(() -> Catalog.of(List.of()));

    /** The table of one object: the names of the columns, the wide ones in brackets, and the cells. */
    private void prints(String head, String body, String columns, String cells) {
        String kind = head.substring(head.lastIndexOf('/') + 1);
        String apiVersion = head.substring(0, head.lastIndexOf('/'));
        Resource object = Manifests.builtIn()
                .read("{apiVersion: " + apiVersion + ", kind: " + kind + ", " + META + body + "}")
                .get(0);
        ResourceType<?> type = Kinds.builtIn().find(apiVersion, kind).orElseThrow();
        assertThat(columns(type)).isEqualTo(columns);
        assertThat(cells(type, object)).isEqualTo(cells);
    }

    private String columns(ResourceType<?> type) {
        List<String> names = new ArrayList<>();
        for (Column column : printers.of(type).columns()) {
            names.add(column.priority() == 0 ? column.name() : "[" + column.name() + "]");
        }
        return String.join(" | ", names);
    }

    private <T extends Resource> String cells(ResourceType<T> type, Resource object) {
        List<?> cells = printers.of(type).cells().apply(type.objectClass().cast(object), NOW);
        assertThat(cells).hasSameSizeAs(printers.of(type).columns());
        return String.join(" | ", cells.stream().map(String::valueOf).toList());
    }

    @Test
    void storage() {
        prints(
                "v1/PersistentVolume",
                "spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteMany, ReadWriteOnce], storageClassName: fast,"
                        + " persistentVolumeReclaimPolicy: Retain, volumeMode: Filesystem,"
                        + " claimRef: {namespace: default, name: data}}, status: {phase: Bound}",
                "Name | Capacity | Access Modes | Reclaim Policy | Status | Claim | StorageClass |"
                        + " VolumeAttributesClass | Reason | Age | [VolumeMode]",
                "x | 1Gi | RWO,RWX | Retain | Bound | default/data | fast | <unset> |  | 10m | Filesystem");
        prints(
                "v1/PersistentVolumeClaim",
                "spec: {volumeName: pv-1, storageClassName: fast}, status: {phase: Bound, accessModes:"
                        + " [ReadWriteOncePod], capacity: {storage: 2Gi}}",
                "Name | Status | Volume | Capacity | Access Modes | StorageClass | VolumeAttributesClass | Age"
                        + " | [VolumeMode]",
                "x | Bound | pv-1 | 2Gi | RWOP | fast | <unset> | 10m | <unset>");
        prints(
                "storage.k8s.io/v1/StorageClass",
                "provisioner: a/b, volumeBindingMode: Immediate, reclaimPolicy: Delete",
                "Name | Provisioner | ReclaimPolicy | VolumeBindingMode | AllowVolumeExpansion | Age",
                "x | a/b | Delete | Immediate | false | 10m");
        prints(
                "storage.k8s.io/v1/CSIDriver",
                "spec: {attachRequired: true, volumeLifecycleModes: [Persistent, Ephemeral]}",
                "Name | AttachRequired | PodInfoOnMount | StorageCapacity | TokenRequests | RequiresRepublish | Modes"
                        + " | Age",
                "x | true | false | false | <unset> | false | Persistent,Ephemeral | 10m");
        prints(
                "storage.k8s.io/v1/VolumeAttachment",
                "spec: {attacher: a, nodeName: node-1, source: {persistentVolumeName: pv}}, status: {attached: true}",
                "Name | Attacher | PV | Node | Attached | Age",
                "x | a | pv | node-1 | true | 10m");
    }

    @Test
    void policies() {
        prints(
                "policy/v1/PodDisruptionBudget",
                "spec: {maxUnavailable: 20%}, status: {disruptionsAllowed: 2, currentHealthy: 0, desiredHealthy: 0,"
                        + " expectedPods: 0}",
                "Name | Min Available | Max Unavailable | Allowed Disruptions | Age",
                "x | N/A | 20% | 2 | 10m");
        prints(
                "v1/ResourceQuota",
                "status: {hard: {pods: '4', limits.cpu: '2', requests.cpu: '1'}, used: {pods: '1', requests.cpu:"
                        + " 500m}}",
                "Name | Age | Request | Limit",
                "x | 10m | pods: 1/4, requests.cpu: 500m/1 | limits.cpu: 0/2");
        prints("v1/LimitRange", "spec: {limits: []}", "Name | Created At", "x | 2026-01-02T00:00:00Z");
        prints(
                "scheduling.k8s.io/v1/PriorityClass",
                "value: 7, globalDefault: true, preemptionPolicy: Never",
                "Name | Value | Global-Default | Age | PreemptionPolicy",
                "x | 7 | true | 10m | Never");
        prints("node.k8s.io/v1/RuntimeClass", "handler: gvisor", "Name | Handler | Age", "x | gvisor | 10m");
    }

    @Test
    void autoscalersInBothVersions() {
        String columns = "Name | Reference | Targets | MinPods | MaxPods | Replicas | Age";
        prints(
                "autoscaling/v2/HorizontalPodAutoscaler",
                "spec: {scaleTargetRef: {kind: Deployment, name: web}, minReplicas: 2, maxReplicas: 5, metrics:"
                        + " [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization:"
                        + " 80}}},{type: Resource, resource: {name: memory, target: {type: AverageValue, averageValue:"
                        + " 1Gi}}},{type: Pods, pods: {metric: {name: q}, target: {type: AverageValue, averageValue:"
                        + " '3'}}}]}, status: {currentReplicas: 3, desiredReplicas: 3, currentMetrics: [{type: Resource,"
                        + " resource: {name: cpu, current: {averageUtilization: 12}}}]}",
                columns,
                "x | Deployment/web | cpu: 12%/80%, memory: <unknown>/1Gi + 1 more... | 2 | 5 | 3 | 10m");
        prints(
                "autoscaling/v1/HorizontalPodAutoscaler",
                "spec: {scaleTargetRef: {kind: Deployment, name: web}, maxReplicas: 5, targetCPUUtilizationPercentage:"
                        + " 60}",
                columns,
                "x | Deployment/web | cpu: <unknown>/60% | <unset> | 5 | 0 | 10m");
    }

    @Test
    void networking() {
        prints(
                "networking.k8s.io/v1/Ingress",
                "spec: {ingressClassName: nginx, tls: [{}], rules: [{host: a}, {host: b}, {host: c}, {host: d}]},"
                        + " status: {loadBalancer: {ingress: [{ip: 1.2.3.4}, {hostname: lb}]}}",
                "Name | Class | Hosts | Address | Ports | Age",
                "x | nginx | a,b,c + 1 more... | 1.2.3.4,lb | 80, 443 | 10m");
        prints(
                "networking.k8s.io/v1/IngressClass",
                "spec: {controller: acme.io/i, parameters: {apiGroup: acme.io, kind: P, name: p}}",
                "Name | Controller | Parameters | Age",
                "x | acme.io/i | P.acme.io/p | 10m");
        prints(
                "networking.k8s.io/v1/NetworkPolicy",
                "spec: {podSelector: {matchLabels: {app: web}}}",
                "Name | Pod-Selector | Age",
                "x | app=web | 10m");
    }

    @Test
    void rolesAndBindings() {
        prints(
                "rbac.authorization.k8s.io/v1/ClusterRole",
                "rules: []",
                "Name | Created At",
                "x | 2026-01-02T00:00:00Z");
        prints(
                "rbac.authorization.k8s.io/v1/RoleBinding",
                "roleRef: {apiGroup: g, kind: ClusterRole, name: view}, subjects: [{kind: User, name: u1}, {kind: User,"
                        + " name: u2}, {kind: Group, name: g}, {kind: ServiceAccount, namespace: team, name: s}]",
                "Name | Role | Age | [Users] | [Groups] | [ServiceAccounts]",
                "x | ClusterRole/view | 10m | u1, u2 | g | team/s");
    }

    @Test
    void admissionAndCertificates() {
        prints(
                "admissionregistration.k8s.io/v1/MutatingWebhookConfiguration",
                "webhooks: []",
                "Name | Webhooks | Age",
                "x | 0 | 10m");
        prints(
                "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy",
                "spec: {paramKind: {apiVersion: v1, kind: ConfigMap}, validations: [{expression: 'true'}]}",
                "Name | Validations | ParamKind | Age",
                "x | 1 | v1/ConfigMap | 10m");
        prints(
                "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding",
                "spec: {policyName: p, paramRef: {namespace: team, name: c}}",
                "Name | PolicyName | ParamRef | Age",
                "x | p | team/c | 10m");
        prints(
                "certificates.k8s.io/v1/CertificateSigningRequest",
                "spec: {request: '', signerName: a.b/c, username: jane, expirationSeconds: 3600},"
                        + " status: {certificate: YQ==, conditions: [{type: Approved, status: 'True'}]}",
                "Name | Age | SignerName | Requestor | RequestedDuration | Condition",
                "x | 10m | a.b/c | jane | 60m | Approved,Issued");
    }

    @Test
    void everyServedKindHasItsColumns() {
        List<String> plain = new ArrayList<>();
        for (ResourceType<?> type : Kinds.builtIn().all()) {
            if (printers.of(type).columns().equals(RowPrinter.plain().columns())) {
                plain.add(type.kind());
            }
        }
        assertThat(plain)
                .containsOnly(
                        "Binding",
                        "Scale",
                        "Eviction",
                        "TokenRequest",
                        "SubjectAccessReview",
                        "SelfSubjectAccessReview",
                        "LocalSubjectAccessReview",
                        "SelfSubjectRulesReview",
                        "TokenReview",
                        "SelfSubjectReview");
    }
}
