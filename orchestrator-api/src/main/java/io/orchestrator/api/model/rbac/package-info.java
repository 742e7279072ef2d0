/** The records of {@code rbac.authorization.k8s.io/v1}: roles, cluster roles, their bindings and their parts. Immutable; they know nothing about storage or controllers. */
@NullMarked
package io.orchestrator.api.model.rbac;

import org.jspecify.annotations.NullMarked;
