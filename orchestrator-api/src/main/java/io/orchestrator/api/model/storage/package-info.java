/** The records of {@code storage.k8s.io/v1}: StorageClass, what storage drivers report, and their parts. Immutable; they know nothing about storage or controllers. */
@NullMarked
package io.orchestrator.api.model.storage;

import org.jspecify.annotations.NullMarked;
