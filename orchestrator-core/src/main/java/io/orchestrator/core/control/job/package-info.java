/**
 * The Job controller: runs pods until enough of them have succeeded, or too many have failed.
 *
 * <p>Each pod bears a finalizer until it is counted. A pod that has ended is first noted in the status by its uid (or by its
 * completion index), then lets go of the finalizer, and only then moves into the counters; so a crash between any two writes
 * neither forgets a pod nor counts it twice. {@link io.orchestrator.core.control.job.JobState} holds what there is, {@link
 * io.orchestrator.core.control.job.JobPlan} decides in pure functions what to do about it, and the reconciler is the thin
 * shell that reads and writes.
 *
 * <p><b>Threads.</b> Called by the engine, one key at a time.
 */
@NullMarked
package io.orchestrator.core.control.job;

import org.jspecify.annotations.NullMarked;
