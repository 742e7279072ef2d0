/**
 * Limit ranges: what containers get that say nothing of resources, and between which bounds the rest must be.
 *
 * <p><b>Threading.</b> Safe for concurrent use, no state.
 */
@NullMarked
package io.orchestrator.core.registry.admission.limits;

import org.jspecify.annotations.NullMarked;
