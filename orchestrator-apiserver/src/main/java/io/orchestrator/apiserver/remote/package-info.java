/**
 * Nodes of other processes, as the API server reaches them: at the address and port that a node says in its status, by TLS with
 * a certificate of the cluster on both sides. Commands, attached containers and forwarded ports are streams of a SPDY/3.1
 * connection of their own; logs and figures are answers to plain requests; and so they are what a kubelet serves.
 *
 * <p>Nothing is kept open between calls. Connecting and reading block, on the environment's executor.
 */
@NullMarked
package io.orchestrator.apiserver.remote;

import org.jspecify.annotations.NullMarked;
