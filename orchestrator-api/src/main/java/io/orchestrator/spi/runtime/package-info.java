/**
 * The contract of a container runtime: sandbox and container verbs, images, logs, exec and stats. Every verb is
 * asynchronous and returns a {@code CompletionStage}, so that the node agent can put a deadline on each call and a
 * simulation can run all of it on one thread. Names are deterministic: a create whose answer was lost is adopted.
 */
@NullMarked
package io.orchestrator.spi.runtime;

import org.jspecify.annotations.NullMarked;
