/** The records of {@code node.k8s.io/v1}: RuntimeClass and its parts. Immutable; they know nothing about storage or controllers. */
@NullMarked
package io.orchestrator.api.model.node;

import org.jspecify.annotations.NullMarked;
