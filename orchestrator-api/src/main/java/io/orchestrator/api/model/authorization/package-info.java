/** The records of {@code authorization.k8s.io/v1}: access reviews and their parts. Immutable; they know nothing about storage or controllers. */
@NullMarked
package io.orchestrator.api.model.authorization;

import org.jspecify.annotations.NullMarked;
