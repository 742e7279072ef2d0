/**
 * What Kubernetes fills in where a manifest is silent, as pure functions per kind. Each is idempotent.
 *
 * <p><b>Threading.</b> No state. <b>Neighbours.</b> Called by the strategies in {@code registry.kinds}; knows only the model.
 */
@NullMarked
package io.orchestrator.core.registry.defaults;

import org.jspecify.annotations.NullMarked;
