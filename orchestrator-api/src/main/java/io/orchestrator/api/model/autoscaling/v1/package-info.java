/**
 * The records of {@code autoscaling/v1}: the older form of the HorizontalPodAutoscaler, which knows the processor as its only
 * metric. Objects are stored in the newer form; see {@link io.orchestrator.api.model.autoscaling}. Immutable.
 */
@NullMarked
package io.orchestrator.api.model.autoscaling.v1;

import org.jspecify.annotations.NullMarked;
