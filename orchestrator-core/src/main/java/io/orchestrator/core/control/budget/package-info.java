/**
 * The disruption controller: says of every PodDisruptionBudget how many of its pods may go by intention now. {@link
 * io.orchestrator.core.control.budget.BudgetCount} counts in pure functions; evictions spend what the status allows, and each is written
 * down there until its pod is seen to go.
 *
 * <p><b>Threads.</b> Called by the engine, one key at a time.
 *
 * <p><b>Neighbours.</b> {@code core.control.scale} tells how many pods their controllers want.
 */
@NullMarked
package io.orchestrator.core.control.budget;

import org.jspecify.annotations.NullMarked;
