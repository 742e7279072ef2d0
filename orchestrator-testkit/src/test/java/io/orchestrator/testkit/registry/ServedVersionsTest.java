package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.api.client.WatchListener;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import io.orchestrator.api.model.autoscaling.MetricSpec;
import io.orchestrator.api.model.core.Event;
import io.orchestrator.core.schema.Kinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Objects that are served in more than the form in which they are stored. */
class ServedVersionsTest {
    private static final String V1 = """
        apiVersion: autoscaling/v1
        kind: HorizontalPodAutoscaler
        metadata: {name: web}
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
          maxReplicas: 10
          targetCPUUtilizationPercentage: 60
        """;
    private static final String V2 = """
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: web, annotations: {kept: "yes"}}
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
          maxReplicas: 10
          metrics:
          - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}}
          - {type: Resource, resource: {name: memory, target: {type: AverageValue, averageValue: 100Mi}}}
          behavior: {scaleDown: {stabilizationWindowSeconds: 30}}
        """;

    private final RegistryFixture cluster = new RegistryFixture();
    private final Posting posting = new Posting(cluster);

    @AfterEach
    void close() {
        cluster.close();
    }

    private HorizontalPodAutoscaler newer() {
        return cluster.client.resources(HorizontalPodAutoscaler.TYPE).get("web");
    }

    private io.orchestrator.api.model.autoscaling.v1.HorizontalPodAutoscaler older() {
        return cluster.client
                .resources(io.orchestrator.api.model.autoscaling.v1.HorizontalPodAutoscaler.TYPE)
                .get("web");
    }

    @Test
    void manifestsOfEveryKindThatIsServedCanBeRead() {
        assertThat(cluster.registry.catalog().resources())
                .allSatisfy(type -> assertThat(Kinds.builtIn().find(type.apiVersion(), type.kind()))
                        .hasValue(type));
    }

    @Test
    void anAutoscalerWrittenInTheOlderVersionIsReadInTheNewer() {
        var answer = (io.orchestrator.api.model.autoscaling.v1.HorizontalPodAutoscaler) posting.create(V1);
        assertThat(answer.spec().minReplicas()).isEqualTo(1);
        assertThat(answer.spec().targetCPUUtilizationPercentage()).isEqualTo(60);
        assertThat(answer.metadata().annotations()).isEmpty();
        assertThat(posting.json(newer(), "/spec/metrics"))
                .isEqualTo("[{\"type\":\"Resource\",\"resource\":{\"name\":\"cpu\","
                        + "\"target\":{\"type\":\"Utilization\",\"averageUtilization\":60}}}]");
        assertThat(newer().metadata().resourceVersion())
                .isEqualTo(older().metadata().resourceVersion());
    }

    @Test
    void whatTheOlderVersionCannotSayItKeepsInAnnotations() {
        posting.create(V2);
        var older = older();
        assertThat(older.spec().targetCPUUtilizationPercentage()).isEqualTo(60);
        assertThat(older.metadata().annotations())
                .containsOnlyKeys(
                        "kept", "autoscaling.alpha.kubernetes.io/metrics", "autoscaling.alpha.kubernetes.io/behavior");
        var updated = cluster.client
                .resources(io.orchestrator.api.model.autoscaling.v1.HorizontalPodAutoscaler.TYPE)
                .update(older.withSpec(older.spec().withMaxReplicas(20)));
        assertThat(updated.spec().maxReplicas()).isEqualTo(20);
        HorizontalPodAutoscaler newer = newer();
        assertThat(newer.spec().maxReplicas()).isEqualTo(20);
        assertThat(newer.metadata().annotations()).containsOnlyKeys("kept");
        assertThat(newer.spec().metrics())
                .extracting(MetricSpec::resource)
                .extracting(metric -> Objects.requireNonNull(metric).name())
                .containsExactlyInAnyOrder("cpu", "memory");
        assertThat(Objects.requireNonNull(newer.spec().behavior()).scaleDown())
                .satisfies(rules -> assertThat(Objects.requireNonNull(rules).stabilizationWindowSeconds())
                        .isEqualTo(30));
    }

    @Test
    void aPatchSeesTheVersionThatItIsSentTo() {
        posting.create(V2);
        var older = io.orchestrator.api.model.autoscaling.v1.HorizontalPodAutoscaler.TYPE;
        String before = newer().metadata().resourceVersion();
        posting.patch(older, "web", "{\"spec\":{\"maxReplicas\":10}}");
        assertThat(newer().metadata().resourceVersion()).isEqualTo(before);
        posting.patch(older, "web", "{\"spec\":{\"targetCPUUtilizationPercentage\":75}}");
        assertThat(posting.json(newer(), "/spec/metrics/1/resource/target/averageUtilization"))
                .isEqualTo("75");
    }

    @Test
    void anApplyInTheOlderVersionOwnsWhatItMeansInTheNewer() {
        var applied = cluster.client
                .resources(io.orchestrator.api.model.autoscaling.v1.HorizontalPodAutoscaler.TYPE)
                .patch(
                        "web",
                        Patch.apply("{\"apiVersion\":\"autoscaling/v1\",\"kind\":\"HorizontalPodAutoscaler\","
                                + "\"metadata\":{\"name\":\"web\"},\"spec\":{\"maxReplicas\":3,"
                                + "\"scaleTargetRef\":{\"kind\":\"Deployment\",\"name\":\"web\"},"
                                + "\"targetCPUUtilizationPercentage\":40}}"));
        assertThat(applied.spec().targetCPUUtilizationPercentage()).isEqualTo(40);
        assertThat(newer().metadata().managedFields()).hasSize(1);
        assertThat(newer().metadata().managedFields().get(0).apiVersion()).isEqualTo("autoscaling/v2");
    }

    @Test
    void aWatchTellsTheVersionThatWasAskedFor() {
        List<String> seen = new ArrayList<>();
        cluster.client
                .resources(io.orchestrator.api.model.autoscaling.v1.HorizontalPodAutoscaler.TYPE)
                .watch(ListOptions.all(), new WatchListener<>() {
                    @Override
                    public void onEvent(
                            WatchEvent<io.orchestrator.api.model.autoscaling.v1.HorizontalPodAutoscaler> event) {
                        seen.add(event.type() + " " + event.object().spec().targetCPUUtilizationPercentage());
                    }

                    @Override
                    public void onClosed(ApiException cause) {}
                });
        posting.create(V2);
        cluster.settle();
        cluster.client.resources(HorizontalPodAutoscaler.TYPE).delete("web");
        cluster.settle();
        assertThat(seen).containsExactly("ADDED 60", "DELETED 60");
    }

    @Test
    void anAnnotationThatIsNoListOfMetricsIsABadRequest() {
        assertThatThrownBy(() -> posting.create(V1.replace(
                        "{name: web}", "{name: x, annotations: {autoscaling.alpha.kubernetes.io/metrics: '[{'}}")))
                .isInstanceOfAny(ApiException.class, io.orchestrator.core.codec.DecodeException.class);
    }

    @Test
    void anEventIsTheSameInBothGroups() {
        posting.create("""
            apiVersion: events.k8s.io/v1
            kind: Event
            metadata: {name: web.1}
            eventTime: "2026-01-02T03:04:05.000006Z"
            reportingController: kubelet
            reportingInstance: node-1
            action: Start
            reason: Started
            note: it runs
            type: Normal
            regarding: {kind: Pod, name: web, namespace: default}
            series: {count: 2, lastObservedTime: "2026-01-02T03:05:05.000006Z"}
            """);
        Event event = cluster.client.resources(Event.TYPE).get("web.1");
        assertThat(event.message()).isEqualTo("it runs");
        assertThat(event.involvedObject().name()).isEqualTo("web");
        assertThat(event.reportingComponent()).isEqualTo("kubelet");
        assertThat(Objects.requireNonNull(event.series()).count()).isEqualTo(2);
        cluster.client
                .resources(Event.TYPE)
                .create(event.withReason("Other")
                        .withMetadata(ObjectMetaBuilder.builder().name("web.2").build()));
        var events = cluster.client.resources(io.orchestrator.api.model.events.Event.TYPE);
        assertThat(events.list(ListOptions.all().fields("regarding.name=web,reason=Started"))
                        .items())
                .extracting(io.orchestrator.api.model.events.Event::note)
                .containsExactly("it runs");
        assertThatThrownBy(() -> events.list(ListOptions.all().fields("involvedObject.name=web")))
                .hasMessageContaining("field label not supported: involvedObject.name");
        events.deleteAll(ListOptions.all(), io.orchestrator.api.client.DeleteOptions.defaults());
        assertThat(cluster.client.resources(Event.TYPE).list().items()).isEmpty();
    }
}
