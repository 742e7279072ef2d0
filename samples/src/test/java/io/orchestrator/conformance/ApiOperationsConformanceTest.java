package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.testkit.junit.Conformance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kinds of which Kubernetes asks no more than that their objects are kept. */
@Timeout(240)
class ApiOperationsConformanceTest {
    private static final String CONDITION =
            "{conditions: [{type: %s, status: 'True', reason: E2E, message: Set, lastTransitionTime:"
                    + " '2026-01-01T00:00:00Z'}]}";

    private static HttpCluster cluster;

    @BeforeAll
    static void open() {
        cluster = new HttpCluster("operations");
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    private static ApiOperations namespaced(String group, String plural) {
        return ApiOperations.ofNamespaced(cluster, group, "v1", plural);
    }

    private static ApiOperations clusterWide(String group, String plural) {
        return ApiOperations.ofClusterWide(cluster, group, "v1", plural);
    }

    @Test
    @Conformance("[sig-api-machinery] API priority and fairness should support FlowSchema API operations")
    void flowSchemas() {
        clusterWide("flowcontrol.apiserver.k8s.io", "flowschemas")
                .withStatus(CONDITION.formatted("PatchStatusFailed"), CONDITION.formatted("StatusUpdateFailed"))
                .allWork("""
                        apiVersion: flowcontrol.apiserver.k8s.io/v1
                        kind: FlowSchema
                        metadata: {name: %s}
                        spec:
                          matchingPrecedence: 10000
                          priorityLevelConfiguration: {name: global-default}
                          distinguisherMethod: {type: ByUser}
                          rules:
                          - subjects: [{kind: User, user: {name: example-e2e-user}}]
                            nonResourceRules: [{nonResourceURLs: ['*'], verbs: ['*']}]
                        """);
    }

    @Test
    @Conformance(
            "[sig-api-machinery] API priority and fairness should support PriorityLevelConfiguration API operations")
    void priorityLevels() {
        clusterWide("flowcontrol.apiserver.k8s.io", "prioritylevelconfigurations")
                .withStatus(CONDITION.formatted("PatchStatusFailed"), CONDITION.formatted("StatusUpdateFailed"))
                .allWork("""
                        apiVersion: flowcontrol.apiserver.k8s.io/v1
                        kind: PriorityLevelConfiguration
                        metadata: {name: %s}
                        spec:
                          type: Limited
                          limited: {nominalConcurrencyShares: 2, limitResponse: {type: Reject}}
                        """);
    }

    @Test
    @Conformance("[sig-network] Ingress API should support creating Ingress API operations")
    void ingresses() {
        namespaced("networking.k8s.io", "ingresses")
                .withStatus(
                        "{loadBalancer: {ingress: [{ip: 169.1.1.1}]}}", "{loadBalancer: {ingress: [{ip: 169.1.1.2}]}}")
                .allWork("""
                        apiVersion: networking.k8s.io/v1
                        kind: Ingress
                        metadata: {name: %s}
                        spec: {defaultBackend: {service: {name: default-backend, port: {name: '', number: 8080}}}}
                        """);
    }

    @Test
    @Conformance("[sig-network] IngressClass API should support creating IngressClass API operations")
    void ingressClasses() {
        clusterWide("networking.k8s.io", "ingressclasses").allWork("""
                        apiVersion: networking.k8s.io/v1
                        kind: IngressClass
                        metadata: {name: %s}
                        spec: {controller: example.com/controller}
                        """);
    }

    @Test
    @Conformance("[sig-network] EndpointSlice should support creating EndpointSlice API operations")
    void endpointSlices() {
        namespaced("discovery.k8s.io", "endpointslices").allWork("""
                        apiVersion: discovery.k8s.io/v1
                        kind: EndpointSlice
                        metadata: {name: %s}
                        addressType: IPv4
                        endpoints: [{addresses: [1.2.3.4, 5.6.7.8]}]
                        """);
    }

    @Test
    @Conformance("[sig-node] RuntimeClass should support RuntimeClasses API operations")
    void runtimeClasses() {
        clusterWide("node.k8s.io", "runtimeclasses")
                .allWork("{apiVersion: node.k8s.io/v1, kind: RuntimeClass, metadata: {name: %s}, handler: handler}");
        JsonNode one = cluster.create(
                "/apis/node.k8s.io/v1/runtimeclasses",
                "{apiVersion: node.k8s.io/v1, kind: RuntimeClass, metadata: {name: fixed}, handler: one}");
        cluster.put("/apis/node.k8s.io/v1/runtimeclasses/fixed", ((ObjectNode) one).put("handler", "two"))
                .mustBe(422);
    }

    @Test
    @Conformance(
            "[sig-scheduling] SchedulerPreemption [Serial] PriorityClass endpoints verify PriorityClass endpoints can"
                    + " be operated with different HTTP methods")
    void priorityClasses() {
        String all = "/apis/scheduling.k8s.io/v1/priorityclasses";
        clusterWide("scheduling.k8s.io", "priorityclasses")
                .allWork("{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: %s}, value: 7}");
        ObjectNode fixed = cluster.create(
                all,
                "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: fixed}, value: 1,"
                        + " description: d}");
        cluster.patch(all + "/fixed", HttpCluster.STRATEGIC, "{value: 10}").mustBe(422);
        cluster.put(all + "/fixed", fixed.put("value", 10)).mustBe(422);
        JsonNode kept = cluster.get(all + "/fixed").json();
        assertThat(kept.path("value").asInt()).isEqualTo(1);
        assertThat(kept.path("description").asText()).isEqualTo("d");
    }

    @Test
    @Conformance("[sig-storage] CSIStorageCapacity should support CSIStorageCapacities API operations")
    void storageCapacities() {
        namespaced("storage.k8s.io", "csistoragecapacities").allWork("""
                        apiVersion: storage.k8s.io/v1
                        kind: CSIStorageCapacity
                        metadata: {name: %s}
                        storageClassName: example
                        nodeTopology: {matchLabels: {key: value}}
                        capacity: 1Gi
                        """);
    }

    @Test
    @Conformance("[sig-storage] CSIInlineVolumes should run through the lifecycle of a CSIDriver")
    void storageDrivers() {
        clusterWide("storage.k8s.io", "csidrivers").allWork("""
                        apiVersion: storage.k8s.io/v1
                        kind: CSIDriver
                        metadata: {name: %s}
                        spec: {volumeLifecycleModes: [Ephemeral], attachRequired: false}
                        """);
    }

    @Test
    @Conformance("[sig-storage] CSINodes CSI Conformance should run through the lifecycle of a csinode")
    void storageNodes() {
        clusterWide("storage.k8s.io", "csinodes").allWork("""
                        apiVersion: storage.k8s.io/v1
                        kind: CSINode
                        metadata: {name: %s}
                        spec: {drivers: [{name: driver.example.com, nodeID: node, topologyKeys: [zone]}]}
                        """);
    }

    @Test
    @Conformance("[sig-storage] StorageClasses CSI Conformance should run through the lifecycle of a StorageClass")
    void storageClasses() {
        clusterWide("storage.k8s.io", "storageclasses")
                .allWork("{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: %s}, provisioner:"
                        + " example.com/none}");
    }

    @Test
    @Conformance({
        "[sig-storage] VolumeAttachment Conformance should run through the lifecycle of a VolumeAttachment",
        "[sig-storage] VolumeAttachment Conformance should apply changes to a volumeattachment status"
    })
    void volumeAttachments() {
        clusterWide("storage.k8s.io", "volumeattachments")
                .withStatus("{attached: true}", "{attached: false}")
                .allWork("""
                        apiVersion: storage.k8s.io/v1
                        kind: VolumeAttachment
                        metadata: {name: %s}
                        spec: {attacher: e2e.example.com, nodeName: node-1, source: {persistentVolumeName: pv}}
                        """);
    }

    @Test
    @Conformance({
        "[sig-storage] PersistentVolumes CSI Conformance should run through the lifecycle of a PV and a PVC",
        "[sig-storage] PersistentVolumes CSI Conformance should apply changes to a pv/pvc status"
    })
    void volumesAndClaims() {
        clusterWide("", "persistentvolumes")
                .withStatus("{message: patched, reason: E2E}", "{phase: Available, message: updated, reason: E2E}")
                .allWork("""
                        apiVersion: v1
                        kind: PersistentVolume
                        metadata: {name: %s}
                        spec:
                          capacity: {storage: 1Gi}
                          accessModes: [ReadWriteOnce]
                          storageClassName: none-provisions-it
                          csi: {driver: e2e.example.com, volumeHandle: handle}
                        """);
        namespaced("", "persistentvolumeclaims")
                .withStatus(CONDITION.formatted("Resizing"), CONDITION.formatted("FileSystemResizePending"))
                .allWork("""
                        apiVersion: v1
                        kind: PersistentVolumeClaim
                        metadata: {name: %s}
                        spec:
                          accessModes: [ReadWriteOnce]
                          storageClassName: nobody-provisions-it
                          resources: {requests: {storage: 1Gi}}
                        """);
    }

    @Test
    @Conformance({
        "[sig-node] PodTemplates should run the lifecycle of PodTemplates",
        "[sig-node] PodTemplates should replace a pod template",
        "[sig-node] PodTemplates should delete a collection of pod templates"
    })
    void podTemplates() {
        namespaced("", "podtemplates").allWork("""
                        apiVersion: v1
                        kind: PodTemplate
                        metadata: {name: %s}
                        template: {spec: {containers: [{name: nginx, image: nginx}]}}
                        """);
    }

    @Test
    @Conformance("[sig-node] Lease lease API should be available")
    void leases() {
        String all = "/apis/coordination.k8s.io/v1/namespaces/default/leases";
        namespaced("coordination.k8s.io", "leases").allWork("""
                        apiVersion: coordination.k8s.io/v1
                        kind: Lease
                        metadata: {name: %s}
                        spec: {holderIdentity: holder, leaseDurationSeconds: 30, acquireTime: '2026-01-01T00:00:00.000000Z',
                          renewTime: '2026-01-01T00:00:05.000000Z', leaseTransitions: 0}
                        """);
        ObjectNode lease = cluster.create(
                all,
                "{apiVersion: coordination.k8s.io/v1, kind: Lease, metadata: {name: held}, spec: {holderIdentity: a,"
                        + " leaseDurationSeconds: 30, leaseTransitions: 0}}");
        ObjectNode spec = (ObjectNode) lease.path("spec");
        spec.put("holderIdentity", "b").put("leaseTransitions", 1).put("leaseDurationSeconds", 60);
        assertThat(cluster.put(all + "/held", lease).mustBe(200).json().path("spec"))
                .isEqualTo(spec);
        assertThat(cluster.patch(all + "/held", HttpCluster.STRATEGIC, "{spec: {leaseDurationSeconds: 50}}")
                        .mustBe(200)
                        .json()
                        .at("/spec/leaseDurationSeconds")
                        .asInt())
                .isEqualTo(50);
    }

    @Test
    @Conformance(
            "[sig-api-machinery] ValidatingAdmissionPolicy should support ValidatingAdmissionPolicy API operations")
    void admissionPolicies() {
        clusterWide("admissionregistration.k8s.io", "validatingadmissionpolicies")
                .withStatus(CONDITION.formatted("PatchStatus"), CONDITION.formatted("UpdateStatus"))
                .allWork("""
                        apiVersion: admissionregistration.k8s.io/v1
                        kind: ValidatingAdmissionPolicy
                        metadata: {name: %s}
                        spec:
                          matchConstraints:
                            namespaceSelector: {matchLabels: {nobody: has-this}}
                            resourceRules:
                            - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}
                          validations: [{expression: object.spec.replicas <= 5}]
                        """);
    }

    @Test
    @Conformance("[sig-api-machinery] ValidatingAdmissionPolicy should support ValidatingAdmissionPolicyBinding API"
            + " operations")
    void admissionPolicyBindings() {
        clusterWide("admissionregistration.k8s.io", "validatingadmissionpolicybindings")
                .allWork("""
                        apiVersion: admissionregistration.k8s.io/v1
                        kind: ValidatingAdmissionPolicyBinding
                        metadata: {name: %s}
                        spec: {policyName: replicalimit, validationActions: [Deny]}
                        """);
    }

    @Test
    @Conformance({
        "[sig-instrumentation] Events should manage the lifecycle of an event",
        "[sig-instrumentation] Events should delete a collection of events"
    })
    void events() {
        namespaced("", "events").allWork("""
                        apiVersion: v1
                        kind: Event
                        metadata: {name: %s}
                        involvedObject: {namespace: default, kind: Pod, name: pod}
                        reason: Test
                        message: This is a test event
                        type: Normal
                        count: 1
                        source: {component: test}
                        """);
    }

    @Test
    @Conformance({
        "[sig-instrumentation] Events API should ensure that an event can be fetched, patched, deleted, and listed",
        "[sig-instrumentation] Events API should delete a collection of events"
    })
    void eventsOfTheNewerGroup() {
        String all = "/apis/events.k8s.io/v1/namespaces/default/events";
        String manifest = """
                apiVersion: events.k8s.io/v1
                kind: Event
                metadata: {name: %s}
                eventTime: '2026-01-01T00:00:00.000000Z'
                reportingController: test-controller
                reportingInstance: test-node
                action: Do
                reason: Test
                note: This is a test event
                type: Normal
                regarding: {namespace: default, kind: Pod, name: pod}
                """;
        namespaced("events.k8s.io", "events").allWork(manifest);
        cluster.create(all, manifest.formatted("series"));
        JsonNode patched = cluster.patch(
                        all + "/series",
                        HttpCluster.STRATEGIC,
                        "{series: {count: 2, lastObservedTime: '2026-01-01T00:01:00.000000Z'}}")
                .mustBe(200)
                .json();
        assertThat(patched.at("/series/count").asInt()).isEqualTo(2);
        ObjectNode updated = (ObjectNode) cluster.get(all + "/series").json();
        ((ObjectNode) updated.path("series")).put("count", 100);
        assertThat(cluster.put(all + "/series", updated)
                        .mustBe(200)
                        .json()
                        .at("/series/count")
                        .asInt())
                .isEqualTo(100);
        assertThat(cluster.get("/api/v1/namespaces/default/events/series")
                        .mustBe(200)
                        .json()
                        .path("message")
                        .asText())
                .as("the same object in the older group")
                .isEqualTo("This is a test event");
    }

    @Test
    @Conformance("[sig-network] Services should test the lifecycle of an Endpoint")
    void endpoints() {
        String all = "/api/v1/namespaces/default/endpoints";
        String manifest = """
                apiVersion: v1
                kind: Endpoints
                metadata: {name: %s}
                subsets: [{addresses: [{ip: 10.0.0.24}], ports: [{name: http, port: 80, protocol: TCP}]}]
                """;
        namespaced("", "endpoints").allWork(manifest);
        ObjectNode made = cluster.create(all, manifest.formatted("moving"));
        ((ObjectNode) made.at("/subsets/0/addresses/0")).put("ip", "10.0.0.25");
        assertThat(cluster.put(all + "/moving", made)
                        .mustBe(200)
                        .json()
                        .at("/subsets/0/addresses/0/ip")
                        .asText())
                .isEqualTo("10.0.0.25");
        assertThat(cluster.patch(
                                all + "/moving",
                                HttpCluster.STRATEGIC,
                                "{subsets: [{addresses: [{ip: 10.0.0.26}], ports: [{name: http-test, port: 8080}]}]}")
                        .mustBe(200)
                        .json()
                        .at("/subsets/0/ports/0/port")
                        .asInt())
                .isEqualTo(8080);
    }

    @Test
    @Conformance({
        "[sig-network] Services should delete a collection of services",
        "[sig-network] Services should complete a service status lifecycle"
    })
    void services() {
        namespaced("", "services")
                .withStatus(
                        "{loadBalancer: {ingress: [{ip: 203.0.113.1}]}}",
                        "{conditions: [{type: StatusUpdate, status: 'True', reason: E2E, message: Set,"
                                + " lastTransitionTime: '2026-01-01T00:00:00Z'}]}")
                .allWork("""
                        apiVersion: v1
                        kind: Service
                        metadata: {name: %s}
                        spec: {type: LoadBalancer, ports: [{name: http, port: 80, targetPort: 80}]}
                        """);
    }

    @Test
    @Conformance({
        "[sig-auth] ServiceAccounts should run through the lifecycle of a ServiceAccount",
        "[sig-auth] ServiceAccounts should update a ServiceAccount"
    })
    void serviceAccounts() {
        String all = "/api/v1/namespaces/default/serviceaccounts";
        namespaced("", "serviceaccounts").allWork("{apiVersion: v1, kind: ServiceAccount, metadata: {name: %s}}");
        ObjectNode made = cluster.create(all, "{apiVersion: v1, kind: ServiceAccount, metadata: {name: shy}}");
        cluster.put(all + "/shy", made.put("automountServiceAccountToken", true))
                .mustBe(200);
        assertThat(cluster.patch(all + "/shy", HttpCluster.STRATEGIC, "{automountServiceAccountToken: false}")
                        .mustBe(200)
                        .json()
                        .path("automountServiceAccountToken")
                        .asBoolean(true))
                .isFalse();
    }
}
