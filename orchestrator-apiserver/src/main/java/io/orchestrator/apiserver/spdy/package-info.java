/**
 * SPDY/3.1 as clients of Kubernetes speak it for commands and port forwards: many streams over one connection, whose bytes
 * may travel in WebSocket messages. Knows neither HTTP nor pods. Threads: what is received is handled on the given executor,
 * one piece at a time; senders block until their bytes are on their way. See docs/adr/0017.
 */
@NullMarked
package io.orchestrator.apiserver.spdy;

import org.jspecify.annotations.NullMarked;
