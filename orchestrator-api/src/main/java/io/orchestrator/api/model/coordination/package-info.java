/**
 * The records of the {@code coordination.k8s.io/v1} group: {@code Lease}, by which nodes prove that they are alive and
 * leaders that they lead. Immutable; the rules of holding a lease live with those who hold it.
 */
@NullMarked
package io.orchestrator.api.model.coordination;

import org.jspecify.annotations.NullMarked;
