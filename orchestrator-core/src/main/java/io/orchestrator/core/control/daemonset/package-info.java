/**
 * The DaemonSet controller: one pod on every node that fits, replaced node by node. {@link
 * io.orchestrator.core.control.daemonset.DaemonPlan} decides in pure functions what comes and what goes, {@link
 * io.orchestrator.core.control.daemonset.DaemonRollout} which old pods make place for new ones, and the reconciler is the thin shell
 * that reads and writes.
 *
 * <p>Pods are made for one node each, by an affinity to its name, and left to the scheduler to be bound. A pod's name follows from set,
 * node and slot, so a creation is never doubled.
 *
 * <p><b>Threads.</b> Called by the engine, one key at a time.
 */
@NullMarked
package io.orchestrator.core.control.daemonset;

import org.jspecify.annotations.NullMarked;
