/** The records of {@code apiextensions.k8s.io/v1}: definitions of custom resources and their schemas. Immutable; they know nothing about storage or controllers. */
@NullMarked
package io.orchestrator.api.model.apiextensions;

import org.jspecify.annotations.NullMarked;
