package io.orchestrator.spi.metrics;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.autoscaling.CrossVersionObjectReference;
import io.orchestrator.api.model.autoscaling.MetricIdentifier;
import java.util.List;
import java.util.Map;

/**
 * Metrics of a host's own for autoscalers: what Kubernetes has adapters of {@code custom.metrics.k8s.io} and
 * {@code external.metrics.k8s.io} for.
 *
 * <p>Asked every 15 seconds for each metric of each autoscaler. A metric that cannot be had is no reason to shrink: the autoscaler
 * says so in a condition, and goes by its others for as long as these do not want fewer pods.
 *
 * <p><b>Failure.</b> {@link MetricsUnavailableException} where there is nothing to be had.
 *
 * <p><b>Threads.</b> Called by several at a time. May block for as long as a request does, not longer.
 */
public interface CustomMetrics {

    /** A metric of each of these pods, by the pod's name. Those of which nothing is known are left out. */
    Map<String, Quantity> ofPods(String namespace, Selector pods, MetricIdentifier metric);

    /** A metric of another object in the namespace, such as the requests that an Ingress gets. */
    Quantity ofObject(String namespace, CrossVersionObjectReference object, MetricIdentifier metric);

    /** A metric of something outside of the cluster, such as the length of a queue: the values of all series that are meant. */
    List<Quantity> external(String namespace, MetricIdentifier metric);

    /** Nothing is measured: autoscalers that want to know are told so in the words of Kubernetes. */
    static CustomMetrics none() {
        return new CustomMetrics() {
            @Override
            public Map<String, Quantity> ofPods(String namespace, Selector pods, MetricIdentifier metric) {
                throw notServed("custom");
            }

            @Override
            public Quantity ofObject(String namespace, CrossVersionObjectReference object, MetricIdentifier metric) {
                throw notServed("custom");
            }

            @Override
            public List<Quantity> external(String namespace, MetricIdentifier metric) {
                throw notServed("external");
            }

            private MetricsUnavailableException notServed(String api) {
                return new MetricsUnavailableException("unable to fetch metrics from " + api + " metrics API: no " + api
                        + " metrics API (" + api + ".metrics.k8s.io) registered");
            }
        };
    }
}
