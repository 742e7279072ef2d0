package io.orchestrator.core.control.autoscale;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.metrics.PodMetrics;
import java.util.List;

/** What pods use, as the API tells. */
@FunctionalInterface
public interface ResourceMetrics {

    /**
     * The pods of a namespace that the selector matches; those that were not measured are left out.
     *
     * @throws io.orchestrator.spi.metrics.MetricsUnavailableException when nothing is measured
     */
    List<PodUsage> usage(Client client, String namespace, Selector pods);

    /** Read from {@code metrics.k8s.io}. */
    static ResourceMetrics ofApi() {
        return (client, namespace, pods) -> client
                .resources(PodMetrics.TYPE)
                .inNamespace(namespace)
                .list(ListOptions.all().labels(pods.toString()))
                .items()
                .stream()
                .flatMap(metrics -> PodUsage.of(metrics).stream())
                .toList();
    }
}
