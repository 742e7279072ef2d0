/**
 * What makes an object acceptable, as pure functions per kind that report one cause per bad field, in Kubernetes' words.
 *
 * <p><b>Threading.</b> No state. <b>Neighbours.</b> Called by the strategies in {@code registry.kinds}; knows only the model.
 */
@NullMarked
package io.orchestrator.core.registry.validation;

import org.jspecify.annotations.NullMarked;
