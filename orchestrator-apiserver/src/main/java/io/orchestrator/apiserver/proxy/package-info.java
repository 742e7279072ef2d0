/**
 * HTTP on its way through the API server to pods, services and nodes: {@code kubectl proxy} and the {@code proxy}
 * subresources. Bytes are handed on as they come, and nothing is kept. A request runs on one task of the environment's
 * executor, its body and an upgraded connection on another.
 */
@NullMarked
package io.orchestrator.apiserver.proxy;

import org.jspecify.annotations.NullMarked;
