/**
 * The roles and bindings that every cluster has from its first moment, those of Kubernetes 1.32: for people
 * ({@code cluster-admin}, {@code admin}, {@code edit}, {@code view}), for everybody ({@code system:discovery},
 * {@code system:basic-user}, {@code system:public-info-viewer}), for components and for controllers.
 *
 * <p>{@link io.orchestrator.core.auth.bootstrap.BootstrapPolicy} says what there is;
 * {@link io.orchestrator.core.auth.bootstrap.PolicyReconciliation} sees to it at the start. Nothing here has state.
 */
@NullMarked
package io.orchestrator.core.auth.bootstrap;

import org.jspecify.annotations.NullMarked;
