/**
 * What controllers that end pods from outside have in common: they say on the pod that it is a disruption, and why. Where the end does
 * not come, a controller of its own takes that back.
 *
 * <p><b>Threads.</b> Everything is safe for concurrent use; the controller is called by the engine, one key at a time.
 */
@NullMarked
package io.orchestrator.core.control.disruption;

import org.jspecify.annotations.NullMarked;
