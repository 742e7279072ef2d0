/**
 * Keeps the {@code EndpointSlice} objects of each service with a selector: up to a hundred endpoints in each, with their
 * readiness, for proxies and DNS. One key per service; stateless. Neighbour: {@code core.control.endpoints}, which knows
 * nothing of it.
 */
@NullMarked
package io.orchestrator.core.control.endpointslice;

import org.jspecify.annotations.NullMarked;
