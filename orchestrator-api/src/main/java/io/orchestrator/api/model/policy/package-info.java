/** The records of {@code policy/v1}: PodDisruptionBudget and the request to evict a pod. Immutable. */
@NullMarked
package io.orchestrator.api.model.policy;

import org.jspecify.annotations.NullMarked;
