/**
 * What a host implements to add its own controller: {@code Reconciler}, which is handed a key and never an event, and the
 * sealed {@code Outcome} that it returns. The engine that calls it owns threads, retries and back-off.
 */
@NullMarked
package io.orchestrator.api.control;

import org.jspecify.annotations.NullMarked;
