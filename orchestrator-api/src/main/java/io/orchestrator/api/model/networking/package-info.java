/** The records of {@code networking.k8s.io/v1}: Ingress, IngressClass, NetworkPolicy and their parts. Immutable; they know nothing about storage or controllers. */
@NullMarked
package io.orchestrator.api.model.networking;

import org.jspecify.annotations.NullMarked;
