/**
 * Deletes pods that do not tolerate a {@code NoExecute} taint of their node, at once or when their toleration runs out.
 * One key per pod, one worker, which owns the memory of when each pod met its taints.
 */
@NullMarked
package io.orchestrator.core.control.tainteviction;

import org.jspecify.annotations.NullMarked;
