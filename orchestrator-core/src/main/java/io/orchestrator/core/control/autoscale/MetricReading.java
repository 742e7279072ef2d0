package io.orchestrator.core.control.autoscale;

import io.orchestrator.api.model.autoscaling.MetricStatus;

/**
 * What one metric asks for.
 *
 * @param name for messages, such as {@code cpu resource utilization (percentage of request)}
 */
record MetricReading(int replicas, String name, MetricStatus status) {}
