/**
 * Questions that are answered and never stored: who am I, whose token is this, may somebody do this.
 *
 * <p><b>Threading.</b> Safe for concurrent use, no state. <b>Neighbours.</b> {@code core.auth} decides; here its decisions
 * become answers on the wire.
 */
@NullMarked
package io.orchestrator.core.registry.review;

import org.jspecify.annotations.NullMarked;
