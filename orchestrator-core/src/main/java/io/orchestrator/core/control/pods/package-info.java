/**
 * What controllers that own pods have in common: which pods count, which belong to whom, how a pod is made from a template,
 * and which pods go first. Pure functions over records, and {@link io.orchestrator.core.control.pods.ReplicaControl}, which
 * applies a {@link io.orchestrator.core.control.pods.ReplicaPlan} through the client.
 *
 * <p><b>Threads.</b> Everything is safe for concurrent use.
 *
 * <p><b>Neighbours.</b> Used by the packages of single controllers, which never import each other.
 */
@NullMarked
package io.orchestrator.core.control.pods;

import org.jspecify.annotations.NullMarked;
