/**
 * The ReplicationController's controller: keeps the number of pods of each, and its status. What it shares with ReplicaSets
 * lies in {@link io.orchestrator.core.control.pods}.
 *
 * <p><b>Threads.</b> Called by the engine, one key at a time.
 */
@NullMarked
package io.orchestrator.core.control.replication;

import org.jspecify.annotations.NullMarked;
