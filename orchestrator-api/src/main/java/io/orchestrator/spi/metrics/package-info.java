/**
 * What a host measures itself and lets autoscalers go by, beside what pods use of CPU and memory, which the cluster measures.
 */
@NullMarked
package io.orchestrator.spi.metrics;

import org.jspecify.annotations.NullMarked;
