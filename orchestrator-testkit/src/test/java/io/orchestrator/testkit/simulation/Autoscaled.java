package io.orchestrator.testkit.simulation;

import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.autoscaling.CrossVersionObjectReference;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerBuilder;
import io.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerSpecBuilder;
import io.orchestrator.api.model.autoscaling.MetricIdentifier;
import io.orchestrator.api.model.autoscaling.MetricSourceType;
import io.orchestrator.api.model.autoscaling.MetricSpec;
import io.orchestrator.api.model.autoscaling.MetricSpecBuilder;
import io.orchestrator.api.model.autoscaling.MetricTarget;
import io.orchestrator.api.model.autoscaling.MetricTargetBuilder;
import io.orchestrator.api.model.autoscaling.MetricTargetType;
import io.orchestrator.api.model.autoscaling.ResourceMetricSource;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.autoscale.AutoscalerReconciler;
import io.orchestrator.core.control.autoscale.AutoscalerSettings;
import io.orchestrator.core.control.autoscale.PodUsage;
import io.orchestrator.core.control.deployment.DeploymentReconciler;
import io.orchestrator.core.control.pods.PodFacts;
import io.orchestrator.core.control.replicaset.ReplicaSetReconciler;
import io.orchestrator.core.control.scale.ScaleTargets;
import io.orchestrator.core.registry.ResourceStrategy;
import io.orchestrator.spi.metrics.CustomMetrics;
import io.orchestrator.spi.metrics.MetricsUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A Deployment {@code web} whose pods request 100 thousandths of a processor and share a load, and its autoscaler. */
final class Autoscaled implements AutoCloseable, CustomMetrics {
    static final MetricIdentifier REQUESTS = new MetricIdentifier("requests", null);
    private static final Duration WINDOW = Duration.ofSeconds(15);

    final Workloads cluster;
    final Simulation sim;
    private int load;
    private boolean measuring = true;
    private Predicate<Pod> unmeasured = pod -> false;

    @Nullable
    Quantity requests;

    Autoscaled() {
        this(Simulation.inOrder());
    }

    Autoscaled(Simulation sim) {
        this.sim = sim;
        ScaleTargets targets = new ScaleTargets(() -> sim.catalog().strategies().stream()
                .filter(strategy -> strategy.subresource("scale").isPresent())
                .<ResourceType<?>>map(ResourceStrategy::type)
                .toList());
        this.cluster = new Workloads(
                sim,
                clock -> List.of(
                        DeploymentReconciler.controller(clock),
                        ReplicaSetReconciler.controller(clock),
                        AutoscalerReconciler.controller(
                                targets,
                                (client, namespace, pods) -> usage(pods),
                                this,
                                AutoscalerSettings.defaults(),
                                () -> sim.time().nanoTime())));
    }

    /** How much the pods that serve have to do together, in thousandths of a processor. */
    Autoscaled load(int milli) {
        load = milli;
        return this;
    }

    void measuring(boolean measuring) {
        this.measuring = measuring;
    }

    void notMeasuring(Predicate<Pod> pods) {
        unmeasured = pods;
    }

    private List<PodUsage> usage(Selector selector) {
        if (!measuring) {
            throw new MetricsUnavailableException("the server could not find the requested resource");
        }
        List<Pod> serving = cluster.activePods().stream()
                .filter(pod -> selector.matches(pod) && PodFacts.isReady(pod))
                .toList();
        return serving.stream()
                .filter(pod -> !unmeasured.test(pod))
                .map(pod -> new PodUsage(
                        pod.metadata().name(),
                        Map.of(
                                "web",
                                Map.of("cpu", Quantity.ofMilli(load / serving.size())),
                                "side",
                                Map.of("cpu", Quantity.ofMilli(0))),
                        sim.time().clock().instant(),
                        WINDOW))
                .toList();
    }

    @Override
    public Map<String, Quantity> ofPods(String namespace, Selector pods, MetricIdentifier metric) {
        return cluster.activePods().stream()
                .collect(java.util.stream.Collectors.toMap(
                        pod -> pod.metadata().name(), pod -> Objects.requireNonNull(requests)));
    }

    @Override
    public Quantity ofObject(String namespace, CrossVersionObjectReference object, MetricIdentifier metric) {
        return Objects.requireNonNull(requests);
    }

    @Override
    public List<Quantity> external(String namespace, MetricIdentifier metric) {
        if (requests == null) {
            throw new MetricsUnavailableException("the queue is not known");
        }
        return List.of(requests, requests);
    }

    /** As many replicas as there are at first, and an autoscaler that wants half of what the pods request to be used. */
    Autoscaled begin(int replicas, int least, int most, UnaryOperator<HorizontalPodAutoscalerSpecBuilder> more) {
        sim.client()
                .create(Deployment.named("web")
                        .replicas(replicas)
                        .container("web", "nginx:1", c -> c.cpu("50m"))
                        .container("side", "nginx:1", c -> c.cpu("50m"))
                        .build());
        // Old enough for what they use to count.
        sim.advance(Duration.ofMinutes(1));
        scaler("web", least, most, more);
        return this;
    }

    Autoscaled begin(int replicas, int least, int most) {
        return begin(replicas, least, most, spec -> spec);
    }

    void scaler(String name, int least, int most, UnaryOperator<HorizontalPodAutoscalerSpecBuilder> more) {
        sim.client()
                .create(HorizontalPodAutoscalerBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder().name(name).build())
                        .spec(more.apply(HorizontalPodAutoscalerSpecBuilder.builder()
                                        .scaleTargetRef(new CrossVersionObjectReference("Deployment", "web", "apps/v1"))
                                        .minReplicas(least)
                                        .maxReplicas(most)
                                        .metrics(List.of(cpu(50))))
                                .build())
                        .build());
    }

    static MetricSpec cpu(int percent) {
        return MetricSpecBuilder.builder()
                .type(MetricSourceType.RESOURCE)
                .resource(new ResourceMetricSource(
                        "cpu",
                        MetricTargetBuilder.builder()
                                .type(MetricTargetType.UTILIZATION)
                                .averageUtilization(percent)
                                .build()))
                .build();
    }

    static MetricTarget average(String value) {
        return MetricTargetBuilder.builder()
                .type(MetricTargetType.AVERAGE_VALUE)
                .averageValue(Quantity.parse(value))
                .build();
    }

    static MetricTarget value(String value) {
        return MetricTargetBuilder.builder()
                .type(MetricTargetType.VALUE)
                .value(Quantity.parse(value))
                .build();
    }

    int replicas() {
        return Objects.requireNonNull(
                sim.client().deployments().get("web").spec().replicas());
    }

    HorizontalPodAutoscaler scaler() {
        return sim.client().resources(HorizontalPodAutoscaler.TYPE).get("web");
    }

    /** As {@code status/reason: message}. */
    String condition(String type) {
        return scaler().status().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .map(condition -> condition.status() + "/" + condition.reason() + ": " + condition.message())
                .findFirst()
                .orElse("");
    }

    List<String> events() {
        return cluster.events().stream()
                .filter(event -> event.startsWith("horizontal-pod-autoscaler/"))
                .map(event -> event.substring(event.indexOf('/') + 1))
                .toList();
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
