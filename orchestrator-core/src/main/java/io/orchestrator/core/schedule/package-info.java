/**
 * The scheduler's frame: its queue, the immutable snapshot of nodes and pods, the cycle of filter and score, and the bind.
 * One loop owns the queue and the snapshot. Rules about where a pod fits are plugins; reading and writing is the frame's.
 */
@NullMarked
package io.orchestrator.core.schedule;

import org.jspecify.annotations.NullMarked;
