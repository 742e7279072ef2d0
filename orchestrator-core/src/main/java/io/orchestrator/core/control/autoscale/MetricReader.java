package io.orchestrator.core.control.autoscale;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.autoscaling.ContainerResourceMetricSource;
import io.orchestrator.api.model.autoscaling.ContainerResourceMetricStatus;
import io.orchestrator.api.model.autoscaling.CrossVersionObjectReference;
import io.orchestrator.api.model.autoscaling.ExternalMetricSource;
import io.orchestrator.api.model.autoscaling.ExternalMetricStatus;
import io.orchestrator.api.model.autoscaling.MetricSourceType;
import io.orchestrator.api.model.autoscaling.MetricSpec;
import io.orchestrator.api.model.autoscaling.MetricStatusBuilder;
import io.orchestrator.api.model.autoscaling.MetricTarget;
import io.orchestrator.api.model.autoscaling.MetricTargetType;
import io.orchestrator.api.model.autoscaling.MetricValueStatus;
import io.orchestrator.api.model.autoscaling.ObjectMetricSource;
import io.orchestrator.api.model.autoscaling.ObjectMetricStatus;
import io.orchestrator.api.model.autoscaling.PodsMetricSource;
import io.orchestrator.api.model.autoscaling.PodsMetricStatus;
import io.orchestrator.api.model.autoscaling.ResourceMetricSource;
import io.orchestrator.api.model.autoscaling.ResourceMetricStatus;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.core.control.pods.PodFacts;
import io.orchestrator.spi.metrics.CustomMetrics;
import io.orchestrator.spi.metrics.MetricsUnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the metrics of one target and says what each asks for. Confined to one call. */
final class MetricReader {
    private static final String CPU = "cpu";

    private final CustomMetrics custom;
    private final ResourceSamples resources;
    private final Target target;
    private final AutoscalerSettings settings;
    private final ReplicaCalculator calculator;

    MetricReader(CustomMetrics custom, ResourceSamples resources, Target target, AutoscalerSettings settings) {
        this.custom = custom;
        this.resources = resources;
        this.target = target;
        this.settings = settings;
        this.calculator = new ReplicaCalculator(settings.tolerance());
    }

    /** The reason of the event and the condition for a metric of this sort that cannot be had. */
    static String failureReason(MetricSpec metric) {
        return switch (metric.type()) {
            case MetricSourceType.CONTAINER_RESOURCE -> "FailedGetContainerResourceMetric";
            case MetricSourceType.OBJECT, MetricSourceType.PODS, MetricSourceType.RESOURCE, MetricSourceType.EXTERNAL ->
                "FailedGet" + metric.type() + "Metric";
            default -> "InvalidMetricSourceType";
        };
    }

    /** What such a failure is called among those of several metrics. */
    static String failureName(MetricSpec metric) {
        ResourceMetricSource resource = metric.resource();
        ContainerResourceMetricSource container = metric.containerResource();
        ExternalMetricSource external = metric.external();
        if (resource != null) {
            return "failed to get " + resource.name() + " resource metric value";
        }
        if (container != null) {
            return "failed to get " + container.name() + " container metric value";
        }
        if (external != null) {
            return "failed to get " + external.metric().name() + " external metric value";
        }
        return "failed to get " + (metric.object() != null ? "object" : "pods") + " metric value";
    }

    /** @throws MetricsUnavailableException when it cannot be had */
    MetricReading read(MetricSpec metric) {
        ResourceMetricSource resource = metric.resource();
        ContainerResourceMetricSource container = metric.containerResource();
        PodsMetricSource pods = metric.pods();
        ObjectMetricSource object = metric.object();
        ExternalMetricSource external = metric.external();
        if (resource != null) {
            return resource(resource);
        }
        if (container != null) {
            return container(container);
        }
        if (pods != null) {
            return pods(pods);
        }
        if (object != null) {
            return object(object);
        }
        if (external != null) {
            return external(external);
        }
        throw new MetricsUnavailableException("unknown metric source type \"" + metric.type() + "\"");
    }

    private MetricReading resource(ResourceMetricSource source) {
        Proposal proposal = resource(source.name(), "", source.target());
        return new MetricReading(
                proposal.replicas(),
                source.name() + " resource" + kind(source.target()),
                MetricStatusBuilder.builder()
                        .type(MetricSourceType.RESOURCE)
                        .resource(new ResourceMetricStatus(source.name(), average(proposal, source.target())))
                        .build());
    }

    private MetricReading container(ContainerResourceMetricSource source) {
        Proposal proposal = resource(source.name(), source.container(), source.target());
        return new MetricReading(
                proposal.replicas(),
                source.name() + " container resource" + kind(source.target()),
                MetricStatusBuilder.builder()
                        .type(MetricSourceType.CONTAINER_RESOURCE)
                        .containerResource(new ContainerResourceMetricStatus(
                                source.name(), average(proposal, source.target()), source.container()))
                        .build());
    }

    private Proposal resource(String name, String container, MetricTarget wanted) {
        Integer percent = wanted.averageUtilization();
        try {
            Map<String, Sample> samples = resources.of(name, container);
            PodGroups groups = PodGroups.of(target.pods(), samples, name.equals(CPU), settings, target.now());
            return percent == null
                    ? calculator.byAverage(target.wanted(), positive(wanted.averageValue()), groups)
                    : calculator.byUtilization(
                            target.wanted(), percent, groups, Requests.of(target.pods(), name, container));
        } catch (MetricsUnavailableException e) {
            String what = percent == null ? " usage: " : " utilization: ";
            throw new MetricsUnavailableException("failed to get " + name + what + e.getMessage(), e);
        }
    }

    private MetricReading pods(PodsMetricSource source) {
        String name = source.metric().name();
        Map<String, Quantity> values =
                got("metric " + name, () -> custom.ofPods(target.namespace(), target.selector(), source.metric()));
        Map<String, Sample> samples = new HashMap<>();
        values.forEach((pod, value) -> samples.put(pod, new Sample(value.milliValue(), target.now(), Duration.ZERO)));
        PodGroups groups = PodGroups.of(target.pods(), samples, false, settings, target.now());
        Proposal proposal =
                calculator.byAverage(target.wanted(), positive(source.target().averageValue()), groups);
        return new MetricReading(
                proposal.replicas(),
                "pods metric " + name,
                MetricStatusBuilder.builder()
                        .type(MetricSourceType.PODS)
                        .pods(new PodsMetricStatus(source.metric(), average(proposal, source.target())))
                        .build());
    }

    private MetricReading object(ObjectMetricSource source) {
        CrossVersionObjectReference object = source.describedObject();
        String name = source.metric().name();
        long usage = got(
                        "metric " + name + " on " + object.kind() + " " + target.namespace() + "/" + object.name(),
                        () -> custom.ofObject(target.namespace(), object, source.metric()))
                .milliValue();
        Proposal proposal = whole(source.target(), usage);
        return new MetricReading(
                proposal.replicas(),
                object.kind() + " metric " + name,
                MetricStatusBuilder.builder()
                        .type(MetricSourceType.OBJECT)
                        .object(new ObjectMetricStatus(source.metric(), value(proposal, source.target()), object))
                        .build());
    }

    private MetricReading external(ExternalMetricSource source) {
        String name = source.metric().name();
        List<Quantity> series = got(
                "external metric " + target.namespace() + "/" + name,
                () -> custom.external(target.namespace(), source.metric()));
        if (series.isEmpty()) {
            throw new MetricsUnavailableException("unable to get external metric " + target.namespace() + "/" + name
                    + ": no metrics returned from external metrics API");
        }
        long usage = series.stream().mapToLong(Quantity::milliValue).sum();
        Proposal proposal = whole(source.target(), usage);
        return new MetricReading(
                proposal.replicas(),
                "external metric " + name,
                MetricStatusBuilder.builder()
                        .type(MetricSourceType.EXTERNAL)
                        .external(new ExternalMetricStatus(source.metric(), value(proposal, source.target())))
                        .build());
    }

    /** By one value for all pods: as it is, or shared among those that there are. */
    private Proposal whole(MetricTarget wanted, long usage) {
        return wanted.type().equals(MetricTargetType.VALUE)
                ? calculator.byValue(target.wanted(), positive(wanted.value()), usage, ready())
                : calculator.byShare(target.present(), positive(wanted.averageValue()), usage);
    }

    private int ready() {
        if (target.pods().isEmpty()) {
            throw new MetricsUnavailableException(
                    "unable to calculate ready pods: no pods returned by selector while calculating replica count");
        }
        return (int) target.pods().stream()
                .filter(pod -> pod.status().phase().equals(PodPhase.RUNNING) && PodFacts.isReady(pod))
                .count();
    }

    /** Reads a metric of the host's own. */
    @FunctionalInterface
    private interface Reading<T> {
        T get();
    }

    private static <T> T got(String what, Reading<T> reading) {
        try {
            return reading.get();
        } catch (RuntimeException e) {
            throw new MetricsUnavailableException("unable to get " + what + ": " + e.getMessage(), e);
        }
    }

    private static long positive(@Nullable Quantity target) {
        long milli = target == null ? 0 : target.milliValue();
        if (milli <= 0) {
            throw new MetricsUnavailableException("the target of the metric is no positive number");
        }
        return milli;
    }

    private static String kind(MetricTarget target) {
        return target.averageUtilization() == null ? "" : " utilization (percentage of request)";
    }

    private static MetricValueStatus average(Proposal proposal, MetricTarget target) {
        return new MetricValueStatus(
                null,
                Quantity.ofMilli(proposal.usage()),
                target.averageUtilization() == null ? null : proposal.utilization());
    }

    private static MetricValueStatus value(Proposal proposal, MetricTarget target) {
        Quantity usage = Quantity.ofMilli(proposal.usage());
        return target.type().equals(MetricTargetType.VALUE)
                ? new MetricValueStatus(usage, null, null)
                : new MetricValueStatus(null, usage, null);
    }
}
