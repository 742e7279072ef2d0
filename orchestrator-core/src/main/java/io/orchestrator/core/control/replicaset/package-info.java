/**
 * The ReplicaSet controller: keeps the number of pods of each set, and its status.
 *
 * <p><b>Threads.</b> Called by the engine, one key at a time.
 */
@NullMarked
package io.orchestrator.core.control.replicaset;

import org.jspecify.annotations.NullMarked;
