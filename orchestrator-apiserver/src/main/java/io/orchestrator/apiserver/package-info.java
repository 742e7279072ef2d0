/**
 * The REST front door: Kubernetes' paths, verbs, status codes, tables, watches and upgraded connections over HTTP, TLS and
 * WebSocket. Translates between the wire and the registry and decides nothing itself. Each server owns its port, its
 * threads and its connections, and gives all of them back when it is closed.
 */
@NullMarked
package io.orchestrator.apiserver;

import org.jspecify.annotations.NullMarked;
