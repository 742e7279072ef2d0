/** The records of {@code metrics.k8s.io/v1beta1}: what pods and nodes use at the moment. They are measured, never stored. Immutable. */
@NullMarked
package io.orchestrator.api.model.metrics;

import org.jspecify.annotations.NullMarked;
