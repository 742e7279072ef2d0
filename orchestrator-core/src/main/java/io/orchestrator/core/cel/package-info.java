/**
 * Expressions in CEL, compiled once and evaluated in bounded steps: the rules of custom resources and of admission policies.
 * Values are plain JSON as {@link io.orchestrator.api.meta.JsonValues} has it, so that nobody else sees the library below.
 *
 * <p><b>Threading.</b> Compilers and expressions are immutable and shared; a budget belongs to one request. <b>Neighbours.</b>
 * The registry uses it; it knows nobody.
 */
@NullMarked
package io.orchestrator.core.cel;

import org.jspecify.annotations.NullMarked;
