/**
 * Judges nodes by their leases: says in conditions when one went silent, keeps pods away from it by taints, and holds
 * evictions back when so many are silent that the fault is likely elsewhere. One key per node, one worker, which owns the
 * memory of when each node was last heard. Neighbour: {@code core.control.tainteviction} deletes the pods.
 */
@NullMarked
package io.orchestrator.core.control.nodelifecycle;

import org.jspecify.annotations.NullMarked;
