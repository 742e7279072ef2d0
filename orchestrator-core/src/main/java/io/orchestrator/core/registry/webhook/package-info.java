/**
 * Admission webhooks: which of them a request concerns, how they are asked with an {@code AdmissionReview}, and what their
 * answers mean; and the webhooks that convert custom resources between their versions. The order of all webhooks is fixed: by the name of their configuration, then as they are listed in it.
 *
 * <p>A webhook on the machine of the cluster, as somebody has it who tests it, is called only where the host allows that:
 *
 * <pre>{@code
 * Cluster.builder().localWebhooks().apiServer(ApiServer.onPort(0)).start()
 * }</pre>
 *
 * <p><b>Threading.</b> Safe for concurrent use; requests block until their webhooks have answered, or their time is over.
 * <b>Neighbours.</b> {@code registry.policy} says what requests are meant, {@code core.webhook} carries the reviews.
 */
@NullMarked
package io.orchestrator.core.registry.webhook;

import org.jspecify.annotations.NullMarked;
