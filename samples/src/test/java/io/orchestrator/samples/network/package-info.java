/**
 * Services as clients find them, by name and by address, on whole clusters: one suite of behaviours, which every runtime and
 * every proxy passes. What differs between them is a {@link io.orchestrator.samples.network.PodKit}.
 */
package io.orchestrator.samples.network;
