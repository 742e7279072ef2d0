/**
 * Immutable collections whose changed copies share what did not change, so that a snapshot of a large cluster costs what
 * happened since the one before.
 *
 * <p><b>Threads.</b> Everything here is immutable.
 */
@NullMarked
package io.orchestrator.core.schedule.persistent;

import org.jspecify.annotations.NullMarked;
