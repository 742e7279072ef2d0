/**
 * Admission that is written down in objects: policies in CEL, and webhooks that are asked over HTTPS. Which requests are meant
 * is decided in one place for both.
 *
 * <p><b>Threading.</b> Steps are safe for concurrent use; what they have compiled is shared and replaced as a whole.
 * <b>Neighbours.</b> The registry calls the steps, and they read policies and webhooks through its look-up. Requests for these
 * objects themselves are never judged by them, lest nobody could undo a mistake.
 */
@NullMarked
package io.orchestrator.core.registry.policy;

import org.jspecify.annotations.NullMarked;
