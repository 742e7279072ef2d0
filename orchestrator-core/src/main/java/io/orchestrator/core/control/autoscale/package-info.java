/**
 * The HorizontalPodAutoscaler controller: sizes whatever has a {@code scale} by metrics. Pure functions decide:
 * {@link io.orchestrator.core.control.autoscale.ReplicaCalculator} how many replicas one metric asks for,
 * {@link io.orchestrator.core.control.autoscale.Stabilisation} and {@link io.orchestrator.core.control.autoscale.ScalingRate} how
 * soon and how fast the size may follow. What pods use is read from {@code metrics.k8s.io}, all else from the host's
 * {@link io.orchestrator.spi.metrics.CustomMetrics}.
 *
 * <p><b>Threads.</b> Called by the engine, one key at a time; what is remembered of an autoscaler is guarded by a lock.
 */
@NullMarked
package io.orchestrator.core.control.autoscale;

import org.jspecify.annotations.NullMarked;
