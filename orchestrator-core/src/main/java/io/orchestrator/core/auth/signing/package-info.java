/**
 * Requests for certificates: what they ask for, whether one of the signers that every cluster has would sign that, and the
 * certificate that comes of it.
 *
 * <p><b>Threading.</b> Safe for concurrent use, no state.
 */
@NullMarked
package io.orchestrator.core.auth.signing;

import org.jspecify.annotations.NullMarked;
