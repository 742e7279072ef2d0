/**
 * Mirrors {@code Endpoints} that somebody wrote by hand, for a service without a selector, into EndpointSlices, which is all that
 * service proxies and DNS read. {@link io.orchestrator.core.control.endpointslicemirroring.MirrorPlan} is pure.
 *
 * <p><b>Threads.</b> Called by the engine, one key at a time; no state.
 */
@NullMarked
package io.orchestrator.core.control.endpointslicemirroring;

import org.jspecify.annotations.NullMarked;
