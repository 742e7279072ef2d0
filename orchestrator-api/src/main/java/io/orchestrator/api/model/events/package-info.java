/**
 * The records of {@code events.k8s.io/v1}: the newer form of the Event. Objects are stored in the form of the core group; see
 * {@link io.orchestrator.api.model.core.Event}. Immutable.
 */
@NullMarked
package io.orchestrator.api.model.events;

import org.jspecify.annotations.NullMarked;
