/**
 * What expressions may know of objects before there are any: of built-in kinds by their records, of custom resources by the
 * schemas of their definitions, of requests as the server has them.
 *
 * <p><b>Threading.</b> Immutable values and pure functions, but where a class says otherwise. <b>Neighbours.</b> The registry
 * judges rules and policies by it when they are written, a controller warns by it; it reads {@code core.schema} and {@code
 * core.codec}, and gives shapes to {@code core.cel}.
 */
@NullMarked
package io.orchestrator.core.shape;

import org.jspecify.annotations.NullMarked;
