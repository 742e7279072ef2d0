/**
 * The HTTP library's side of the front door: connectors, TLS, and what a handler needs of a request. Threads: requests run
 * on the server's own bounded pool, watches on the environment's executor. Nothing in here knows resources.
 */
@NullMarked
package io.orchestrator.apiserver.http;

import org.jspecify.annotations.NullMarked;
