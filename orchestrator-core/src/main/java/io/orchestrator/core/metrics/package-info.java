/**
 * What is measured, and how it is told. Whoever measures keeps counters and distributions of its own, which cost a few
 * additions, and reports them as a {@link io.orchestrator.core.metrics.MetricSource} when somebody asks; nothing is kept for
 * the time in between. Names are those of Kubernetes where a figure means the same there. The text formats are a library's;
 * there is no registry but the {@link io.orchestrator.core.metrics.Metrics} of each cluster, and no thread.
 */
@NullMarked
package io.orchestrator.core.metrics;

import org.jspecify.annotations.NullMarked;
