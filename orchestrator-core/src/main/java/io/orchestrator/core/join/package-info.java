/**
 * How a node of another machine becomes one of a cluster: it makes sure that it speaks to the right server, by the authority's
 * certificate or its hash; it shows a bootstrap token and orders a certificate with it; and it keeps that, and orders the next
 * one in time. The cluster's side of it is in {@link io.orchestrator.core.join.JoinTokens}.
 *
 * <p><b>Threads.</b> Safe for concurrent use; whatever asks the API blocks.
 */
@NullMarked
package io.orchestrator.core.join;

import org.jspecify.annotations.NullMarked;
