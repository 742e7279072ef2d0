/**
 * When a pod and a node suit each other by what both say of themselves: node selectors and affinity, taints and tolerations; and what
 * a container is counted for.
 * Pure functions over records.
 *
 * <p><b>Threads.</b> Everything is safe for concurrent use.
 *
 * <p><b>Neighbours.</b> Used by the scheduler, the agent, quotas and controllers, which know nothing of each other.
 */
@NullMarked
package io.orchestrator.core.placement;

import org.jspecify.annotations.NullMarked;
