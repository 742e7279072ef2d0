/** The records of {@code scheduling.k8s.io/v1}: PriorityClass. Immutable; they know nothing about storage or controllers. */
@NullMarked
package io.orchestrator.api.model.scheduling;

import org.jspecify.annotations.NullMarked;
