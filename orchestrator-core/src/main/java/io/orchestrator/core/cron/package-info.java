/**
 * Cron expressions as Kubernetes reads them: five fields or a word such as {@code @hourly}, and the instants that they name in a time
 * zone, through the changes of its clocks. Pure; no clock of its own.
 *
 * <p><b>Threads.</b> Everything is immutable.
 *
 * <p><b>Neighbours.</b> The registry validates with it, the CronJob controller schedules by it.
 */
@NullMarked
package io.orchestrator.core.cron;

import org.jspecify.annotations.NullMarked;
