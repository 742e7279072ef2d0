/** The records of {@code batch/v1}: Job, CronJob and their parts. Immutable; they know nothing about storage or controllers. */
@NullMarked
package io.orchestrator.api.model.batch;

import org.jspecify.annotations.NullMarked;
