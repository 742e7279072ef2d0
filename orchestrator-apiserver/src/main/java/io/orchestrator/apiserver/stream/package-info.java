/**
 * Streams into pods over upgraded connections: the channels of Kubernetes' remote command protocol on WebSocket frames.
 * Blocking reads and writes run on the environment's executor, one task per direction; Jetty's threads only hand over.
 */
@NullMarked
package io.orchestrator.apiserver.stream;

import org.jspecify.annotations.NullMarked;
