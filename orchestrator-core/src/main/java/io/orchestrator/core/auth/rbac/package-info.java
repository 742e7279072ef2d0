/**
 * Role based access control: who may do what, by roles and their bindings.
 *
 * <p>{@link io.orchestrator.core.auth.rbac.RoleIndex} holds what the roles and bindings of the cluster come to, sorted by
 * subject and by resource, so that a decision reads a few map entries and takes no lock.
 * {@link io.orchestrator.core.auth.rbac.RbacAuthorizer} decides by it. {@link io.orchestrator.core.auth.rbac.BootstrapPolicy}
 * has the roles that every cluster starts with.
 *
 * <p><b>Threading.</b> Everything is safe for concurrent use; the index is written by whoever follows the objects.
 */
@NullMarked
package io.orchestrator.core.auth.rbac;

import org.jspecify.annotations.NullMarked;
