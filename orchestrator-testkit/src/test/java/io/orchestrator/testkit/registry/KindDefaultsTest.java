package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.scheduling.PriorityClass;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What new objects of the kinds get that their authors did not write. */
class KindDefaultsTest {
    private final RegistryFixture cluster = new RegistryFixture();
    private final Posting posting = new Posting(cluster);

    @AfterEach
    void close() {
        cluster.close();
    }

    private void check(String yaml, String pointer, String expected) {
        Resource created = posting.create(yaml);
        assertThat(posting.json(created, pointer)).isEqualTo(expected);
    }

    @Test
    void aVolumeIsKeptAndPending() {
        check(
                """
                apiVersion: v1
                kind: PersistentVolume
                metadata: {name: disk}
                spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /data}}
                """,
                "/spec",
                "{\"capacity\":{\"storage\":\"1Gi\"},\"hostPath\":{\"path\":\"/data\",\"type\":\"\"},"
                        + "\"accessModes\":[\"ReadWriteOnce\"],\"persistentVolumeReclaimPolicy\":\"Retain\","
                        + "\"volumeMode\":\"Filesystem\"}");
        assertThat(posting.json(
                        posting.get(io.orchestrator.api.model.core.PersistentVolume.TYPE, "disk")
                                .object(),
                        "/status/phase"))
                .isEqualTo("\"Pending\"");
    }

    @Test
    void aClaimIsPendingAndWantsAFileSystem() {
        Resource claim = posting.create("""
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            status: {phase: Bound}
            """);
        assertThat(posting.json(claim, "/spec/volumeMode")).isEqualTo("\"Filesystem\"");
        assertThat(posting.json(claim, "/status")).isEqualTo("{\"phase\":\"Pending\"}");
    }

    @Test
    void aStorageClassDeletesAndBindsAtOnce() {
        check(
                "{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: fast}, provisioner:"
                        + " acme.io/fast}",
                "/reclaimPolicy",
                "\"Delete\"");
        assertThat(posting.json(
                        posting.get(io.orchestrator.api.model.storage.StorageClass.TYPE, "fast")
                                .object(),
                        "/volumeBindingMode"))
                .isEqualTo("\"Immediate\"");
    }

    @Test
    void aDriverAttachesAndIsNotToldOfPods() {
        check(
                "{apiVersion: storage.k8s.io/v1, kind: CSIDriver, metadata: {name: csi.acme.io}, spec: {}}",
                "/spec",
                "{\"attachRequired\":true,\"podInfoOnMount\":false,\"volumeLifecycleModes\":[\"Persistent\"],"
                        + "\"storageCapacity\":false,\"fsGroupPolicy\":\"ReadWriteOnceWithFSType\","
                        + "\"requiresRepublish\":false,\"seLinuxMount\":false}");
    }

    @Test
    void anAutoscalerAimsAtEightyPercentAndGoesUpFast() {
        Resource scaler = posting.create("""
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: web}
            spec:
              scaleTargetRef: {kind: Deployment, name: web}
              maxReplicas: 3
              behavior: {scaleDown: {selectPolicy: Disabled}}
            """);
        assertThat(posting.json(scaler, "/spec/minReplicas")).isEqualTo("1");
        assertThat(posting.json(scaler, "/spec/metrics/0/resource/target/averageUtilization"))
                .isEqualTo("80");
        assertThat(posting.json(scaler, "/spec/behavior"))
                .isEqualTo("{\"scaleUp\":{\"stabilizationWindowSeconds\":0,\"selectPolicy\":\"Max\",\"policies\":["
                        + "{\"type\":\"Pods\",\"value\":4,\"periodSeconds\":15},"
                        + "{\"type\":\"Percent\",\"value\":100,\"periodSeconds\":15}]},"
                        + "\"scaleDown\":{\"selectPolicy\":\"Disabled\","
                        + "\"policies\":[{\"type\":\"Percent\",\"value\":100,\"periodSeconds\":15}]}}");
    }

    @Test
    void aCronJobAllowsOverlapAndKeepsAFewJobs() {
        Resource cron = posting.create("""
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: nightly}
            spec:
              schedule: "0 3 * * *"
              jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: i:1}]}}}}
            """);
        assertThat(posting.json(cron, "/spec/concurrencyPolicy")).isEqualTo("\"Allow\"");
        assertThat(posting.json(cron, "/spec/suspend")).isEqualTo("false");
        assertThat(posting.json(cron, "/spec/successfulJobsHistoryLimit")).isEqualTo("3");
        assertThat(posting.json(cron, "/spec/failedJobsHistoryLimit")).isEqualTo("1");
        assertThat(posting.json(cron, "/spec/jobTemplate/spec/template/spec/schedulerName"))
                .isEqualTo("\"default-scheduler\"");
        assertThat(posting.json(cron, "/spec/jobTemplate/spec/parallelism")).isEmpty();
        assertThat(cron.metadata().generation()).isEqualTo(1);
    }

    @Test
    void aNetworkPolicyIsAboutWhatItHasRulesFor() {
        check(
                "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {podSelector: {}}}",
                "/spec/policyTypes",
                "[\"Ingress\"]");
        check(
                """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: b}
                spec: {podSelector: {}, egress: [{ports: [{port: 53}]}]}
                """,
                "/spec",
                "{\"podSelector\":{},\"egress\":[{\"ports\":[{\"protocol\":\"TCP\",\"port\":53}]}],"
                        + "\"policyTypes\":[\"Ingress\",\"Egress\"]}");
    }

    @Test
    void aBindingIsAboutRolesAndUsersOfRbac() {
        Resource binding = posting.create("""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: "team:read"}
            roleRef: {kind: ClusterRole, name: view}
            subjects: [{kind: User, name: jane}, {kind: ServiceAccount, name: bot, namespace: default}]
            """);
        assertThat(posting.json(binding, "/roleRef/apiGroup")).isEqualTo("\"rbac.authorization.k8s.io\"");
        assertThat(posting.json(binding, "/subjects"))
                .isEqualTo("[{\"kind\":\"User\",\"apiGroup\":\"rbac.authorization.k8s.io\",\"name\":\"jane\"},"
                        + "{\"kind\":\"ServiceAccount\",\"name\":\"bot\",\"namespace\":\"default\"}]");
    }

    @Test
    void aWebhookIsAskedForTenSecondsAtMostAndItsFailureRefuses() {
        check(
                """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingWebhookConfiguration
                metadata: {name: guard}
                webhooks:
                - name: guard.acme.io
                  sideEffects: None
                  admissionReviewVersions: [v1]
                  clientConfig: {service: {name: guard, namespace: default}}
                  rules: [{apiGroups: [""], apiVersions: [v1], resources: [pods], operations: [CREATE]}]
                """,
                "/webhooks/0",
                "{\"name\":\"guard.acme.io\",\"clientConfig\":{\"service\":{\"namespace\":\"default\","
                        + "\"name\":\"guard\",\"port\":443}},\"rules\":[{\"operations\":[\"CREATE\"],\"apiGroups\":[\"\"],"
                        + "\"apiVersions\":[\"v1\"],\"resources\":[\"pods\"],\"scope\":\"*\"}],\"failurePolicy\":\"Fail\","
                        + "\"matchPolicy\":\"Equivalent\",\"namespaceSelector\":{},\"objectSelector\":{},"
                        + "\"sideEffects\":\"None\",\"timeoutSeconds\":10,\"admissionReviewVersions\":[\"v1\"]}");
    }

    @Test
    void aLimitRangeFillsInWhatFollowsFromItsBounds() {
        check(
                """
                apiVersion: v1
                kind: LimitRange
                metadata: {name: bounds}
                spec: {limits: [{type: Container, max: {cpu: "2"}, min: {memory: 64Mi}}]}
                """,
                "/spec/limits/0",
                "{\"type\":\"Container\",\"max\":{\"cpu\":\"2\"},\"min\":{\"memory\":\"64Mi\"},\"default\":{\"cpu\":\"2\"},"
                        + "\"defaultRequest\":{\"cpu\":\"2\",\"memory\":\"64Mi\"}}");
    }

    @Test
    void theClassesOfTheSystemAreThereFromTheStart() {
        PriorityClass critical = cluster.client.resources(PriorityClass.TYPE).get("system-cluster-critical");
        assertThat(critical.value()).isEqualTo(2_000_000_000);
        assertThat(critical.preemptionPolicy()).isEqualTo("PreemptLowerPriority");
        assertThat(cluster.client.resources(PriorityClass.TYPE).list().items()).hasSize(2);
    }

    @Test
    void aRequestForACertificateSaysWhoMadeIt() {
        Resource request = posting.create("""
            apiVersion: certificates.k8s.io/v1
            kind: CertificateSigningRequest
            metadata: {name: jane}
            spec:
              request: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlJCi0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0tLQo=
              signerName: kubernetes.io/kube-apiserver-client
              usages: [client auth]
              username: somebody-else
            """);
        assertThat(posting.json(request, "/spec/username")).isEqualTo("\"alice\"");
        assertThat(posting.json(request, "/status")).isEqualTo("{}");
    }
}
