/**
 * The Deployment controller: rolls templates out over ReplicaSets, one per template. {@link
 * io.orchestrator.core.control.deployment.Rollout} holds what there is, {@link
 * io.orchestrator.core.control.deployment.RolloutPlan} decides in pure functions what to do about it, and the reconciler is
 * the thin shell that reads and writes.
 *
 * <p><b>Threads.</b> Called by the engine, one key at a time.
 */
@NullMarked
package io.orchestrator.core.control.deployment;

import org.jspecify.annotations.NullMarked;
