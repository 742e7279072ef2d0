/**
 * The client's verbs over HTTPS: {@link io.orchestrator.core.client.http.HttpTransport} is an
 * {@link io.orchestrator.api.client.ApiTransport} on the REST API of this library or of any Kubernetes, so that whatever runs on
 * the transport in this process runs on it as well.
 *
 * <p><b>Threads.</b> Everything is safe for concurrent use. Requests block their caller, at most for the deadline; watches have
 * no thread of their own and call their listeners on the environment's executor. <b>Neighbours.</b> Where the cluster is comes
 * from {@code core.client.config}; bytes are read and written by {@code core.codec}.
 */
@NullMarked
package io.orchestrator.core.client.http;

import org.jspecify.annotations.NullMarked;
