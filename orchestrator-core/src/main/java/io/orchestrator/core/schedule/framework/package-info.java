/**
 * What a scheduler plugin sees and implements: the public extension point of the scheduler.
 *
 * <p><b>A pod's way.</b> It waits in the queue ({@link io.orchestrator.core.schedule.framework.QueueSortPlugin}) once it may
 * ({@link io.orchestrator.core.schedule.framework.PreEnqueuePlugin}). Its cycle runs on one thread, against one {@link
 * io.orchestrator.core.schedule.framework.Snapshot}: pre-filter, filter, and where nothing fits post-filter; then pre-score and
 * score. For the chosen node: reserve, permit, pre-bind, bind, post-bind. Each step is an interface of its own; a plugin is a
 * class that implements those it needs, and is added to a {@link io.orchestrator.core.schedule.framework.Profile}.
 *
 * <p><b>Purity.</b> Up to and including permit a plugin is a function of its arguments: it keeps nothing between calls and calls
 * nobody. What it works out once per cycle it puts into the {@link io.orchestrator.core.schedule.framework.Cycle}. What it needs
 * to know of other objects it declares ({@link io.orchestrator.core.schedule.framework.Plugin#reads()}) and finds in the
 * snapshot.
 *
 * <p><b>Threads.</b> All steps but bind and post-bind are called on the scheduler's one loop and must not block. All types
 * here are immutable, but for the cycle, which belongs to one pod's attempt.
 *
 * <p><b>Neighbours.</b> {@code core.schedule} runs profiles; {@code core.schedule.plugin} has the plugins of Kubernetes.
 */
@NullMarked
package io.orchestrator.core.schedule.framework;

import org.jspecify.annotations.NullMarked;
