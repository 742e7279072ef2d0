/**
 * What every object carries, whatever its kind: {@code ObjectMeta}, owner references, label selectors, conditions, and the
 * scalar types whose canonical forms Kubernetes fixes ({@code Quantity}, {@code IntOrString}, {@code Status}). Values are
 * immutable and safe to share between threads; they validate when they are made.
 */
@NullMarked
package io.orchestrator.api.meta;

import org.jspecify.annotations.NullMarked;
