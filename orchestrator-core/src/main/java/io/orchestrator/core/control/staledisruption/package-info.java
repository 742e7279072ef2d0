/**
 * Takes back what pods say of disruptions that did not come.
 *
 * <p><b>Threads.</b> Called by the engine, one key at a time.
 */
@NullMarked
package io.orchestrator.core.control.staledisruption;

import org.jspecify.annotations.NullMarked;
