/**
 * How webhooks are reached: {@link io.orchestrator.core.webhook.HttpsReviews} posts one review over HTTPS, to a URL or to a
 * service of the cluster, in bounded time and memory.
 *
 * <p><b>Threading.</b> Safe for concurrent use; a call blocks its thread until its deadline at the latest. <b>Neighbours.</b>
 * Implements the transport of {@code core.registry.webhook}, reaches pods through {@code spi.node}, and is wired by
 * {@code core.embed}.
 */
@NullMarked
package io.orchestrator.core.webhook;

import org.jspecify.annotations.NullMarked;
