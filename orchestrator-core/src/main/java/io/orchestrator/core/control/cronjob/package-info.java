/**
 * The CronJob controller: makes a job whenever one is due. {@link io.orchestrator.core.control.cronjob.CronPlan} decides in pure functions,
 * {@link io.orchestrator.core.cron} knows when something is due, and the reconciler is the thin shell that reads and writes.
 *
 * <p>A job's name follows from the cron job and the minute for which it was due, so that no minute gets two: one that a predecessor made before
 * it died is met under its name and taken over.
 *
 * <p><b>Threads.</b> Called by the engine, one key at a time.
 */
@NullMarked
package io.orchestrator.core.control.cronjob;

import org.jspecify.annotations.NullMarked;
