/**
 * Deletes what lost its owner, and finishes foreground and orphaning deletions. The key of a reconciliation is the uid of
 * an object, present or gone. One worker pool; state is nothing but the informers' caches. Neighbours: the registry puts
 * the {@code foregroundDeletion} and {@code orphan} finalizers that this package takes off again.
 */
@NullMarked
package io.orchestrator.core.control.garbage;

import org.jspecify.annotations.NullMarked;
