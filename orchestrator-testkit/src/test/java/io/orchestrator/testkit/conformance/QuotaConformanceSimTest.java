package io.orchestrator.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.ReplicationController;
import io.orchestrator.api.model.core.ResourceQuota;
import io.orchestrator.api.model.core.Secret;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.testkit.junit.Conformance;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class QuotaConformanceSimTest extends OnConformingCluster {
    @Test
    @Conformance("[sig-api-machinery] ResourceQuota should create a ResourceQuota and ensure its status is promptly"
            + " calculated")
    void aNewQuotaSaysAtOnceWhatIsUsed() {
        quota("quota", Map.of("pods", "5", "services", "3", "resourcequotas", "1"));
        cluster.advance(Duration.ofSeconds(5));
        assertThat(get("quota").status().hard()).isEqualTo(get("quota").spec().hard());
        assertThat(used("quota", "pods")).isZero();
        assertThat(used("quota", "resourcequotas")).isEqualTo(1);
    }

    @Test
    @Conformance("[sig-api-machinery] ResourceQuota should create a ResourceQuota and capture the life of a service")
    void servicesAreCountedWithTheirPortsAndBalancers() {
        quota("quota", Map.of("services", "10", "services.nodeports", "1", "services.loadbalancers", "1"));
        cluster.settle();
        service("plain", "ClusterIP");
        service("port", "NodePort");
        forbidden(() -> service("balanced", "LoadBalancer"), "exceeded quota: quota, requested: services.nodeports=1");
        cluster.settle();
        assertThat(used("quota", "services")).isEqualTo(2);
        assertThat(used("quota", "services.nodeports")).isEqualTo(1);
        assertThat(used("quota", "services.loadbalancers")).isZero();
        cluster.client.services().delete("plain");
        cluster.client.services().delete("port");
        cluster.settle();
        assertThat(used("quota", "services")).isZero();
        assertThat(used("quota", "services.nodeports")).isZero();
    }

    @Test
    @Conformance("[sig-api-machinery] ResourceQuota should create a ResourceQuota and capture the life of a secret")
    void secretsAreCounted() {
        quota("quota", Map.of("secrets", "2"));
        cluster.settle();
        long before = used("quota", "secrets");
        cluster.client.create(Secret.named("one").data("k", "v").build());
        cluster.settle();
        assertThat(used("quota", "secrets")).isEqualTo(before + 1);
        cluster.client.secrets().delete("one");
        cluster.settle();
        assertThat(used("quota", "secrets")).isEqualTo(before);
    }

    @Test
    @Conformance("[sig-api-machinery] ResourceQuota should create a ResourceQuota and capture the life of a configMap")
    void configMapsAreCounted() {
        quota("quota", Map.of("configmaps", "1"));
        cluster.settle();
        assertThat(used("quota", "configmaps")).isZero();
        cluster.client.create(ConfigMap.named("one").build());
        cluster.settle();
        assertThat(used("quota", "configmaps")).isEqualTo(1);
        forbidden(
                () -> cluster.client.create(ConfigMap.named("two").build()),
                "used: configmaps=1, limited: configmaps=1");
        cluster.client.configMaps().delete("one");
        cluster.settle();
        assertThat(used("quota", "configmaps")).isZero();
    }

    @Test
    @Conformance("[sig-api-machinery] ResourceQuota should create a ResourceQuota and capture the life of a replication"
            + " controller")
    void controllersAreCounted() {
        quota("quota", Map.of("replicationcontrollers", "1"));
        cluster.settle();
        cluster.client.create(Samples.controller("one", 0));
        cluster.settle();
        assertThat(used("quota", "replicationcontrollers")).isEqualTo(1);
        forbidden(() -> cluster.client.create(Samples.controller("two", 0)), "replicationcontrollers=1");
        cluster.client.resources(ReplicationController.TYPE).delete("one");
        cluster.settle();
        assertThat(used("quota", "replicationcontrollers")).isZero();
    }

    @Test
    @Conformance(
            "[sig-api-machinery] ResourceQuota should create a ResourceQuota and capture the life of a replica set")
    void setsAreCounted() {
        quota("quota", Map.of("count/replicasets.apps", "1"));
        cluster.settle();
        cluster.client.create(
                ReplicaSet.named("one").replicas(0).container("c", "app:1").build());
        cluster.settle();
        assertThat(used("quota", "count/replicasets.apps")).isEqualTo(1);
        cluster.client.replicaSets().delete("one");
        cluster.settle();
        assertThat(used("quota", "count/replicasets.apps")).isZero();
    }

    @Test
    @Conformance("[sig-api-machinery] ResourceQuota should create a ResourceQuota and capture the life of a pod")
    void podsAreCountedWithWhatTheyAskFor() {
        quota("quota", Map.of("pods", "5", "cpu", "1", "memory", "500Mi", "requests.example.com/dongle", "3"));
        cluster.settle();
        pod("one", "", "cpu: 500m, memory: 252Mi, example.com/dongle: 2");
        cluster.settle();
        assertThat(used("quota", "pods")).isEqualTo(1);
        assertThat(amount("quota", "cpu")).isEqualTo(Quantity.parse("500m"));
        assertThat(amount("quota", "memory")).isEqualTo(Quantity.parse("252Mi"));
        assertThat(used("quota", "requests.example.com/dongle")).isEqualTo(2);

        forbidden(() -> pod("two", "", "cpu: 600m, memory: 100Mi"), "requested: cpu=600m");
        forbidden(
                () -> pod("three", "", "cpu: 100m, memory: 100Mi, example.com/dongle: 2"),
                "requests.example.com/dongle=2");
        assertThat(cluster.refused(() -> cluster.client
                                .pods()
                                .patch(
                                        "one",
                                        Patch.strategic("{\"spec\":{\"containers\":[{\"name\":"
                                                + "\"c\",\"resources\":{\"requests\":{\"cpu\":\"100m\"}}}]}}")))
                        .reason())
                .isEqualTo(Reason.INVALID);
        cluster.settle();
        assertThat(amount("quota", "cpu")).isEqualTo(Quantity.parse("500m"));
        cluster.client.pods().delete("one");
        cluster.settle();
        assertThat(used("quota", "pods")).isZero();
        assertThat(amount("quota", "cpu")).isEqualTo(Quantity.of(0));
    }

    @Test
    @Conformance("[sig-api-machinery] ResourceQuota should verify ResourceQuota with terminating scopes")
    void podsWithADeadlineAreCountedApart() {
        Map<String, String> hard = Map.of(
                "pods",
                "5",
                "requests.cpu",
                "1",
                "requests.memory",
                "500Mi",
                "limits.cpu",
                "2",
                "limits.memory",
                "1Gi");
        quota("terminating", hard, "Terminating");
        quota("lasting", hard, "NotTerminating");
        cluster.settle();
        pod("long", "", "cpu: 500m, memory: 200Mi");
        cluster.settle();
        assertThat(used("lasting", "pods")).isEqualTo(1);
        assertThat(amount("lasting", "requests.cpu")).isEqualTo(Quantity.parse("500m"));
        assertThat(amount("lasting", "limits.memory")).isEqualTo(Quantity.parse("200Mi"));
        assertThat(used("terminating", "pods")).isZero();
        cluster.client.pods().delete("long");
        cluster.settle();
        assertThat(used("lasting", "pods")).isZero();

        pod("short", "activeDeadlineSeconds: 3600, ", "cpu: 500m, memory: 200Mi");
        cluster.settle();
        assertThat(used("terminating", "pods")).isEqualTo(1);
        assertThat(amount("terminating", "limits.cpu")).isEqualTo(Quantity.parse("500m"));
        assertThat(used("lasting", "pods")).isZero();
        cluster.client.pods().delete("short");
        cluster.settle();
        assertThat(used("terminating", "pods")).isZero();
    }

    @Test
    @Conformance("[sig-api-machinery] ResourceQuota should verify ResourceQuota with best effort scope")
    void podsThatAskForNothingAreCountedApart() {
        quota("best", Map.of("pods", "5"), "BestEffort");
        quota("other", Map.of("pods", "5"), "NotBestEffort");
        cluster.settle();
        pod("careless", "", "");
        cluster.settle();
        assertThat(used("best", "pods")).isEqualTo(1);
        assertThat(used("other", "pods")).isZero();
        cluster.client.pods().delete("careless");
        cluster.settle();
        assertThat(used("best", "pods")).isZero();
        pod("careful", "", "cpu: 100m");
        cluster.settle();
        assertThat(used("best", "pods")).isZero();
        assertThat(used("other", "pods")).isEqualTo(1);
        cluster.client.pods().delete("careful");
        cluster.settle();
        assertThat(used("other", "pods")).isZero();
    }

    @Test
    @Conformance("[sig-api-machinery] ResourceQuota should be able to update and delete ResourceQuota")
    void aQuotaIsChangedAndDeleted() {
        ResourceQuota made = quota("quota", Map.of("cpu", "1", "memory", "500Mi"));
        assertThat(get("quota").spec()).isEqualTo(made.spec());
        cluster.client
                .resources(ResourceQuota.TYPE)
                .update(made.withSpec(Samples.quota("quota", Map.of("cpu", "2", "memory", "1Gi"))
                        .spec()));
        cluster.settle();
        assertThat(get("quota").status().hard())
                .containsEntry("cpu", Quantity.parse("2"))
                .containsEntry("memory", Quantity.parse("1Gi"));
        cluster.client.resources(ResourceQuota.TYPE).delete("quota");
        assertThat(cluster.client.resources(ResourceQuota.TYPE).find("quota")).isEmpty();
    }

    @Test
    @Conformance("[sig-api-machinery] ResourceQuota should manage the lifecycle of a ResourceQuota")
    void quotasAreListedPatchedAndDeletedTogether() {
        cluster.client.create(Namespace.named("other").build());
        cluster.settle();
        var quotas = cluster.client.resources(ResourceQuota.TYPE);
        String manifest = "{apiVersion: v1, kind: ResourceQuota, metadata: {name: quota, namespace: %s, labels: {e2e:"
                + " quota}}, spec: {hard: {cpu: '1', memory: 500Mi}}}";
        cluster.create(manifest.formatted("default"));
        cluster.create(manifest.formatted("other"));
        ListOptions own = ListOptions.all().labels("e2e=quota");
        assertThat(quotas.inAnyNamespace().list(own).items()).hasSize(2);
        ResourceQuota patched = cluster.merge(
                ResourceQuota.TYPE,
                "quota",
                "{'metadata':{'labels':{'quota':'patched'}},'spec':{'hard':{'memory':'750Mi'}}}");
        assertThat(patched.metadata().labels()).containsEntry("quota", "patched");
        assertThat(patched.spec().hard()).containsEntry("memory", Quantity.parse("750Mi"));
        cluster.deleteAll(ResourceQuota.TYPE, "quota=patched");
        assertThat(quotas.inAnyNamespace().list(own).items())
                .extracting(quota -> quota.metadata().namespace())
                .containsExactly("other");
    }

    @Test
    @Conformance("[sig-api-machinery] ResourceQuota should apply changes to a resourcequota status")
    void theStatusOfAQuotaIsAPartOfItsOwnAndIsMadeAnew() {
        quota("quota", Map.of("cpu", "500m", "memory", "500Mi"));
        cluster.settle();
        var quotas = cluster.client.resources(ResourceQuota.TYPE);
        ResourceQuota now = get("quota");
        ResourceQuota updated = quotas.updateStatus(
                now.withStatus(now.status().withHard(Map.of("cpu", Quantity.of(1), "memory", Quantity.parse("1Gi")))));
        assertThat(updated.status().hard()).containsEntry("cpu", Quantity.of(1));
        assertThat(updated.spec().hard()).containsEntry("cpu", Quantity.parse("500m"));
        cluster.settle();
        assertThat(get("quota").status().hard()).containsEntry("cpu", Quantity.parse("500m"));

        ResourceQuota patched =
                cluster.mergeStatus(ResourceQuota.TYPE, "quota", "{'status':{'hard':{'cpu':'2','memory':'2Gi'}}}");
        assertThat(patched.status().hard()).containsEntry("memory", Quantity.parse("2Gi"));
        assertThat(quotas.getSubresource("quota", "status", ResourceQuota.class)
                        .status()
                        .hard())
                .containsEntry("cpu", Quantity.of(2));
        cluster.settle();
        assertThat(get("quota").status().hard()).containsEntry("memory", Quantity.parse("500Mi"));
        ResourceQuota wider = cluster.merge(ResourceQuota.TYPE, "quota", "{'spec':{'hard':{'cpu':'3'}}}");
        cluster.settle();
        assertThat(get("quota").status().hard()).isEqualTo(wider.spec().hard());
    }

    private void forbidden(ThrowingCallable request, String why) {
        var refusal = cluster.refused(request);
        assertThat(refusal.reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(refusal.getMessage()).contains(why);
    }

    private void service(String name, String type) {
        cluster.client.create(
                Service.named(name).selects("app", name).port(80).type(type).build());
    }

    private void pod(String name, String more, String resources) {
        cluster.create("{apiVersion: v1, kind: Pod, metadata: {name: " + name + "}, spec: {" + more
                + "containers: [{name: c, image: 'app:1', resources: {requests: {" + resources + "}, limits: {"
                + resources + "}}}]}}");
    }

    private ResourceQuota quota(String name, Map<String, String> hard, String... scopes) {
        return cluster.client.create(Samples.quota(name, hard, scopes));
    }

    private ResourceQuota get(String name) {
        return cluster.get(ResourceQuota.TYPE, name);
    }

    private Quantity amount(String quota, String resource) {
        return get(quota).status().used().get(resource);
    }

    private long used(String quota, String resource) {
        return amount(quota, resource).value();
    }
}
