package io.orchestrator.core.registry.usage;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.metrics.ContainerMetrics;
import io.orchestrator.api.model.metrics.NodeMetrics;
import io.orchestrator.api.model.metrics.PodMetrics;
import io.orchestrator.core.registry.Computed;
import io.orchestrator.core.registry.admission.Admission;
import io.orchestrator.spi.node.NodeMeter;
import io.orchestrator.spi.node.NodeUsage;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code PodMetrics} and {@code NodeMetrics}. A pod is there once all of its containers that run have been measured. What a node
 * uses is what its pods use, because several nodes may share a machine. Thread-safe.
 */
public final class MetricsKinds {
    private final ClusterUsage usage;
    private final Clock clock;

    private MetricsKinds(ClusterUsage usage, Clock clock) {
        this.usage = usage;
        this.clock = clock;
    }

    /**
     * Both kinds.
     *
     * @param meters by the name of the node
     * @param patience how long a reader may have to wait for the nodes; zero answers with what is known at the moment
     */
    public static List<Computed<?>> of(Function<String, Optional<NodeMeter>> meters, Duration patience, Clock clock) {
        MetricsKinds kinds = new MetricsKinds(new ClusterUsage(meters, patience, clock), clock);
        return List.of(
                new Computed<>(PodMetrics.TYPE, kinds.new Pods()), new Computed<>(NodeMetrics.TYPE, kinds.new Nodes()));
    }

    /** What pods use. */
    private final class Pods implements Computed.Source<PodMetrics> {
        @Override
        public Optional<PodMetrics> find(String namespace, String name, Admission.Lookup lookup) {
            return lookup.find(Pod.TYPE, namespace, name)
                    .flatMap(pod -> of(List.of(pod)).stream().findFirst());
        }

        @Override
        public List<PodMetrics> list(String namespace, Admission.Lookup lookup) {
            return of(lookup.list(Pod.TYPE, namespace));
        }

        private List<PodMetrics> of(List<Pod> pods) {
            List<String> nodes = pods.stream()
                    .map(pod -> pod.spec().nodeName())
                    .filter(node -> !node.isEmpty())
                    .distinct()
                    .toList();
            Map<String, NodeUsage.OfPod> measured = new HashMap<>();
            usage.of(nodes)
                    .values()
                    .forEach(node ->
                            node.pods().forEach(pod -> measured.put(pod.pod().uid(), pod)));
            return pods.stream()
                    .flatMap(pod -> Optional.ofNullable(
                                    measured.get(pod.metadata().uid()))
                            .stream()
                            .map(found -> metrics(pod, found)))
                    .toList();
        }
    }

    private PodMetrics metrics(Pod pod, NodeUsage.OfPod measured) {
        NodeUsage.OfContainer oldest = measured.containers().stream()
                .min(Comparator.comparing(NodeUsage.OfContainer::at))
                .orElseThrow();
        return new PodMetrics(
                metadata(pod.metadata()),
                Time.of(oldest.at()),
                text(oldest.window()),
                measured.containers().stream()
                        .map(each -> new ContainerMetrics(
                                each.name(), amounts(each.nanoCores(), each.memoryWorkingSetBytes())))
                        .toList());
    }

    /** What nodes use. */
    private final class Nodes implements Computed.Source<NodeMetrics> {
        @Override
        public Optional<NodeMetrics> find(String namespace, String name, Admission.Lookup lookup) {
            return lookup.find(Node.TYPE, "", name)
                    .flatMap(node -> of(List.of(node)).stream().findFirst());
        }

        @Override
        public List<NodeMetrics> list(String namespace, Admission.Lookup lookup) {
            return of(lookup.list(Node.TYPE, ""));
        }

        private List<NodeMetrics> of(List<Node> nodes) {
            Map<String, NodeUsage> measured =
                    usage.of(nodes.stream().map(node -> node.metadata().name()).toList());
            return nodes.stream()
                    .flatMap(node -> Optional.ofNullable(
                                    measured.get(node.metadata().name()))
                            .stream()
                            .map(found -> metrics(node, found)))
                    .toList();
        }
    }

    private NodeMetrics metrics(Node node, NodeUsage measured) {
        return new NodeMetrics(
                metadata(node.metadata()),
                Time.of(measured.at()),
                text(measured.window()),
                amounts(measured.nanoCores(), measured.memoryWorkingSetBytes()));
    }

    private ObjectMeta metadata(ObjectMeta measured) {
        return ObjectMetaBuilder.builder()
                .namespace(measured.namespace())
                .name(measured.name())
                .labels(measured.labels())
                .creationTimestamp(Time.of(clock.instant()))
                .build();
    }

    private static Map<String, Quantity> amounts(long nanoCores, long bytes) {
        Map<String, Quantity> amounts = new LinkedHashMap<>();
        amounts.put("cpu", Quantity.parse(nanoCores + "n"));
        amounts.put("memory", Quantity.ofBytes(bytes));
        return amounts;
    }

    /** As Kubernetes writes durations, to the millisecond: {@code 1m2.5s}. */
    static String text(Duration span) {
        StringBuilder text = new StringBuilder();
        if (span.toHours() > 0) {
            text.append(span.toHours()).append('h');
        }
        if (span.toMinutes() > 0) {
            text.append(span.toMinutesPart()).append('m');
        }
        text.append(span.toSecondsPart());
        if (span.toMillisPart() > 0) {
            text.append('.')
                    .append(String.format(java.util.Locale.ROOT, "%03d", span.toMillisPart())
                            .replaceAll("0+$", ""));
        }
        return text.append('s').toString();
    }
}
