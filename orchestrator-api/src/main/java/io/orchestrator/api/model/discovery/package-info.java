/**
 * The records of the {@code discovery.k8s.io/v1} group: {@code EndpointSlice}, the table from which service proxies learn
 * where traffic may go. Immutable.
 */
@NullMarked
package io.orchestrator.api.model.discovery;

import org.jspecify.annotations.NullMarked;
