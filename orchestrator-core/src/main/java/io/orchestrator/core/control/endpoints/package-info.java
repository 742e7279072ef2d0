/**
 * Keeps the {@code Endpoints} of each service with a selector: one object of the service's name, with the addresses of ready
 * and unready pods. For clients of the older kind; proxies read slices. One key per service; stateless. Neighbour: {@code
 * core.control.endpointslice}, which knows nothing of it.
 */
@NullMarked
package io.orchestrator.core.control.endpoints;

import org.jspecify.annotations.NullMarked;
