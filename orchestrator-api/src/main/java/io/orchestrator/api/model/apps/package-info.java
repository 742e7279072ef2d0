/**
 * The records of the {@code apps/v1} group: Deployment, ReplicaSet and what belongs to them. Immutable; built on the pod
 * template of {@code io.orchestrator.api.model.core}.
 */
@NullMarked
package io.orchestrator.api.model.apps;

import org.jspecify.annotations.NullMarked;
