package io.orchestrator.core.control.autoscale;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.spi.metrics.MetricsUnavailableException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the pods of one target use, read once for all of its metrics. Confined to one call. */
final class ResourceSamples {
    private final ResourceMetrics metrics;
    private final Client client;
    private final Target target;
    private @Nullable List<PodUsage> read;

    ResourceSamples(ResourceMetrics metrics, Client client, Target target) {
        this.metrics = metrics;
        this.client = client;
        this.target = target;
    }

    /**
     * By the pods' names; without those of which it was not measured.
     *
     * @param container empty for the sum over all
     * @throws MetricsUnavailableException when it was measured of none
     */
    Map<String, Sample> of(String resource, String container) {
        if (target.pods().isEmpty()) {
            throw new MetricsUnavailableException("no pods returned by selector while calculating replica count");
        }
        Map<String, Sample> samples = new HashMap<>();
        for (PodUsage pod : usage(resource)) {
            if (container.isEmpty()) {
                sum(pod, resource, samples);
            } else {
                one(pod, resource, container, samples);
            }
        }
        if (samples.isEmpty()) {
            throw unavailable(resource, "no metrics returned from resource metrics API", null);
        }
        return samples;
    }

    private static void sum(PodUsage pod, String resource, Map<String, Sample> samples) {
        long sum = 0;
        for (Map<String, Quantity> container : pod.containers().values()) {
            Quantity used = container.get(resource);
            if (used == null) {
                return;
            }
            sum += used.milliValue();
        }
        samples.put(pod.pod(), new Sample(sum, pod.at(), pod.window()));
    }

    private void one(PodUsage pod, String resource, String container, Map<String, Sample> samples) {
        Map<String, Quantity> used = pod.containers().get(container);
        if (used == null) {
            throw unavailable(
                    resource,
                    "container " + container + " not present in metrics for pod " + target.namespace() + "/"
                            + pod.pod(),
                    null);
        }
        Quantity amount = used.get(resource);
        if (amount != null) {
            samples.put(pod.pod(), new Sample(amount.milliValue(), pod.at(), pod.window()));
        }
    }

    private List<PodUsage> usage(String resource) {
        if (read == null) {
            try {
                read = metrics.usage(client, target.namespace(), target.selector());
            } catch (ApiException | MetricsUnavailableException e) {
                throw unavailable(resource, "unable to fetch metrics from resource metrics API: " + e.getMessage(), e);
            }
        }
        return read;
    }

    private static MetricsUnavailableException unavailable(String resource, String why, @Nullable Throwable cause) {
        String message = "unable to get metrics for resource " + resource + ": " + why;
        return cause == null
                ? new MetricsUnavailableException(message)
                : new MetricsUnavailableException(message, cause);
    }
}
