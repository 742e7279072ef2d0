/**
 * The StatefulSet controller: pods with lasting names, numbers and claims, which come, are replaced and go in order. {@link
 * io.orchestrator.core.control.statefulset.SetPlan} decides in pure functions what to do next, and the reconciler is the thin
 * shell that reads and writes.
 *
 * <p>There is never more than one pod of a number in the whole cluster: its name is the number's, and the next one is made
 * only when the name is free.
 *
 * <p><b>Threads.</b> Called by the engine, one key at a time.
 */
@NullMarked
package io.orchestrator.core.control.statefulset;

import org.jspecify.annotations.NullMarked;
