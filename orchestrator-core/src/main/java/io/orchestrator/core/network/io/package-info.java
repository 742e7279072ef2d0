/**
 * Selector loops: sockets without a thread each. A loop is one long-lived task of the environment's executor that owns all
 * channels registered with it, their buffers and their timeouts; at rest it sleeps.
 *
 * <p><b>Neighbours.</b> The user-space proxy and the cluster's DNS are built on it; it knows neither.
 */
@NullMarked
package io.orchestrator.core.network.io;

import org.jspecify.annotations.NullMarked;
