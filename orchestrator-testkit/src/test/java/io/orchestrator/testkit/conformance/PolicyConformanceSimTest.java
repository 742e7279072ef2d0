package io.orchestrator.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.LimitRange;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.NamespaceStatusBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.ResourceRequirements;
import io.orchestrator.api.model.node.RuntimeClass;
import io.orchestrator.testkit.junit.Conformance;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a namespace is, and what it and the classes of the cluster make of pods. */
class PolicyConformanceSimTest extends OnConformingCluster {
    private static final String LIMITS = """
            apiVersion: v1
            kind: LimitRange
            metadata: {name: limits, namespace: %s, labels: {e2e: limits}}
            spec:
              limits:
              - type: Container
                min: {cpu: 50m, memory: 100Mi, ephemeral-storage: 100Gi}
                max: {cpu: 500m, memory: 500Mi, ephemeral-storage: 500Gi}
                default: {cpu: 500m, memory: 500Mi, ephemeral-storage: 500Gi}
                defaultRequest: {cpu: 100m, memory: 200Mi, ephemeral-storage: 200Gi}
            """;

    @Test
    @Conformance(
            "[sig-scheduling] LimitRange should create a LimitRange with defaults and ensure pod has those defaults"
                    + " applied")
    void podsGetTheDefaultsOfTheirNamespaceAndKeepWithinItsBounds() {
        LimitRange made = cluster.create(LIMITS.formatted("default"));
        cluster.settle();
        assertThat(cluster.get(LimitRange.TYPE, "limits").spec()).isEqualTo(made.spec());

        ResourceRequirements defaults = resources("silent", "");
        assertThat(defaults.requests()).isEqualTo(amounts("100m", "200Mi", "200Gi"));
        assertThat(defaults.limits()).isEqualTo(amounts("500m", "500Mi", "500Gi"));
        ResourceRequirements partial = resources(
                "partial", "requests: {cpu: 300m, memory: 150Mi, ephemeral-storage: 150Gi}, limits: {cpu: 300m}");
        assertThat(partial.requests()).isEqualTo(amounts("300m", "150Mi", "150Gi"));
        assertThat(partial.limits()).isEqualTo(amounts("300m", "500Mi", "500Gi"));

        String small = "requests: {cpu: 10m, memory: 50Mi, ephemeral-storage: 50Gi}";
        String large = "requests: {cpu: 600m, memory: 600Mi, ephemeral-storage: 600Gi}, limits: {cpu: 600m, memory:"
                + " 600Mi, ephemeral-storage: 600Gi}";
        assertThat(forbidden(() -> resources("small", small)))
                .contains("minimum cpu usage per Container is 50m, but request is 10m")
                .contains("minimum memory usage per Container is 100Mi, but request is 50Mi");
        assertThat(forbidden(() -> resources("large", large)))
                .contains("maximum cpu usage per Container is 500m, but limit is 600m");

        cluster.client
                .resources(LimitRange.TYPE)
                .edit(
                        "limits",
                        now -> now.withSpec(now.spec()
                                .withLimits(
                                        List.of(now.spec().limits().get(0).withMin(amounts("9m", "49Mi", "49Gi"))))));
        cluster.settle();
        assertThat(resources("small", small).requests()).containsEntry("cpu", Quantity.parse("10m"));
        assertThat(forbidden(() -> resources("large", large))).contains("maximum memory usage");

        cluster.client.resources(LimitRange.TYPE).delete("limits");
        cluster.settle();
        assertThat(cluster.all(LimitRange.TYPE)).isEmpty();
        assertThat(resources("large", large).limits()).containsEntry("cpu", Quantity.parse("600m"));
    }

    @Test
    @Conformance("[sig-scheduling] LimitRange should list, patch and delete a LimitRange by collection")
    void limitRangesAreListedPatchedAndDeletedTogether() {
        cluster.client.create(Namespace.named("other").build());
        cluster.settle();
        cluster.create(LIMITS.formatted("default"));
        cluster.create(LIMITS.formatted("other"));
        var ranges = cluster.client.resources(LimitRange.TYPE);
        ListOptions own = ListOptions.all().labels("e2e=limits");
        assertThat(ranges.inAnyNamespace().list(own).items()).hasSize(2);
        LimitRange patched = cluster.merge(
                LimitRange.TYPE,
                "limits",
                "{'metadata':{'labels':{'limits':'patched'}},'spec':{'limits':[{'type':'Container','min':{'cpu':'40m'}}]}}");
        assertThat(patched.spec().limits().get(0).min()).containsEntry("cpu", Quantity.parse("40m"));
        cluster.deleteAll(LimitRange.TYPE, "limits=patched");
        assertThat(ranges.inAnyNamespace().list(own).items())
                .extracting(range -> range.metadata().namespace())
                .containsExactly("other");
        cluster.client.inNamespace("other").resources(LimitRange.TYPE).delete("limits");
        assertThat(ranges.inAnyNamespace().list(own).items()).isEmpty();
    }

    @Test
    @Conformance({
        "[sig-node] RuntimeClass should reject a Pod requesting a non-existent RuntimeClass",
        "[sig-node] RuntimeClass should reject a Pod requesting a deleted RuntimeClass"
    })
    void aPodOfAClassThatIsNotThereIsRefused() {
        assertThat(forbidden(() -> classed("strange"))).contains("RuntimeClass \"strange\" not found");
        runtimeClass("");
        cluster.client.resources(RuntimeClass.TYPE).delete("special");
        cluster.settle();
        assertThat(forbidden(() -> classed("special"))).contains("RuntimeClass \"special\" not found");
    }

    @Test
    @Conformance("[sig-node] RuntimeClass should schedule a Pod requesting a RuntimeClass without PodOverhead")
    void aPodOfAClassIsPlaced() {
        runtimeClass("");
        Pod pod = classed("special");
        assertThat(pod.spec().overhead()).isEmpty();
        cluster.settle();
        assertThat(cluster.get(Pod.TYPE, "classed").spec().nodeName()).isNotEmpty();
    }

    @Test
    @Conformance("[sig-node] RuntimeClass should schedule a Pod requesting a RuntimeClass and initialize its Overhead")
    void aPodGetsWhatItsClassCosts() {
        runtimeClass(", overhead: {podFixed: {cpu: 10m, memory: 1Mi}}");
        Pod pod = classed("special");
        assertThat(pod.spec().overhead())
                .isEqualTo(Map.of("cpu", Quantity.parse("10m"), "memory", Quantity.parse("1Mi")));
        cluster.settle();
        assertThat(cluster.get(Pod.TYPE, "classed").spec().nodeName()).isNotEmpty();
    }

    @Test
    @Conformance({
        "[sig-api-machinery] Namespaces [Serial] should patch a Namespace",
        "[sig-api-machinery] Namespaces [Serial] should apply an update to a Namespace"
    })
    void aNamespaceIsPatchedAndUpdated() {
        cluster.client.create(Namespace.named("shop").build());
        cluster.merge(Namespace.TYPE, "shop", "{'metadata':{'labels':{'testLabel':'testValue'}}}");
        assertThat(cluster.get(Namespace.TYPE, "shop").metadata().labels()).containsEntry("testLabel", "testValue");
        Namespace updated = cluster.client
                .namespaces()
                .edit("shop", now -> now.withMetadata(now.metadata().withLabels(Map.of("shop", "updated"))));
        assertThat(updated.metadata().labels()).containsEntry("shop", "updated");
        cluster.settle();
        assertThat(cluster.get(Namespace.TYPE, "shop").metadata().labels())
                .containsEntry("shop", "updated")
                .doesNotContainKey("testLabel");
    }

    @Test
    @Conformance("[sig-api-machinery] Namespaces [Serial] should apply changes to a namespace status")
    void theStatusOfANamespaceIsAPartOfItsOwn() {
        cluster.client.create(Namespace.named("shop").build());
        cluster.settle();
        var namespaces = cluster.client.namespaces();
        assertThat(namespaces
                        .getSubresource("shop", "status", Namespace.class)
                        .status()
                        .phase())
                .isEqualTo("Active");
        Namespace patched = cluster.mergeStatus(
                Namespace.TYPE,
                "shop",
                "{'metadata':{'annotations':{'e2e':'patched'}},"
                        + "'status':{'conditions':[{'type':'StatusPatch','status':'True'}]}}");
        assertThat(cluster.is("StatusPatch", patched)).isTrue();
        assertThat(patched.status().phase()).isEqualTo("Active");
        Namespace updated = namespaces.updateStatus(patched.withStatus(NamespaceStatusBuilder.builder(patched.status())
                .conditions(patched.status().conditions().stream()
                        .map(condition -> condition.withType("StatusUpdate"))
                        .toList())
                .build()));
        assertThat(cluster.is("StatusUpdate", updated)).isTrue();
        assertThat(cluster.is("StatusUpdate", cluster.get(Namespace.TYPE, "shop")))
                .isTrue();
    }

    @Test
    @Conformance("[sig-api-machinery] Namespaces [Serial] should apply a finalizer to a Namespace")
    void aNamespaceIsKeptUntilTheLastOfItsFinalizersIsGone() {
        cluster.client.create(Namespace.named("shop").build());
        cluster.settle();
        var namespaces = cluster.client.namespaces();
        Namespace now = namespaces.get("shop");
        assertThat(now.spec().finalizers()).containsExactly("kubernetes");
        Namespace more = namespaces.updateSubresource(
                "shop",
                "finalize",
                now.withSpec(now.spec().withFinalizers(List.of("kubernetes", "e2e.example.com/fakeFinalizer"))));
        assertThat(more.spec().finalizers()).contains("e2e.example.com/fakeFinalizer");
        namespaces.delete("shop");
        cluster.settle();
        Namespace kept = namespaces.get("shop");
        assertThat(kept.status().phase()).isEqualTo("Terminating");
        assertThat(kept.spec().finalizers()).containsExactly("e2e.example.com/fakeFinalizer");
        namespaces.updateSubresource(
                "shop", "finalize", kept.withSpec(kept.spec().withFinalizers(List.of())));
        cluster.settle();
        assertThat(namespaces.find("shop")).isEmpty();
    }

    private void runtimeClass(String more) {
        cluster.create("{apiVersion: node.k8s.io/v1, kind: RuntimeClass, metadata: {name: special}, handler:"
                + " test-handler" + more + "}");
        cluster.settle();
    }

    private Pod classed(String runtimeClass) {
        return cluster.create("{apiVersion: v1, kind: Pod, metadata: {name: classed}, spec: {runtimeClassName: "
                + runtimeClass + ", containers: [{name: c, image: 'app:1'}]}}");
    }

    private ResourceRequirements resources(String name, String resources) {
        Pod pod = cluster.create("{apiVersion: v1, kind: Pod, metadata: {name: " + name
                + "}, spec: {containers: [{name: c, image: 'app:1', resources: {" + resources + "}}]}}");
        return pod.spec().containers().get(0).resources();
    }

    private static Map<String, Quantity> amounts(String cpu, String memory, String storage) {
        return Map.of(
                "cpu", Quantity.parse(cpu),
                "memory", Quantity.parse(memory),
                "ephemeral-storage", Quantity.parse(storage));
    }

    private String forbidden(ThrowingCallable request) {
        ApiException refusal = cluster.refused(request);
        assertThat(refusal.reason()).isEqualTo(Reason.FORBIDDEN);
        return refusal.getMessage();
    }
}
