/**
 * The controller that deletes finished jobs once they have been kept for as long as they ask.
 *
 * <p><b>Threads.</b> Called by the engine, one key at a time.
 */
@NullMarked
package io.orchestrator.core.control.ttlafterfinished;

import org.jspecify.annotations.NullMarked;
