/**
 * The built-in kinds: one strategy each, put together from defaults, validation and subresources.
 *
 * <p><b>Threading.</b> No state. <b>Neighbours.</b> {@code core.registry} for the strategy's form; {@code registry.defaults} and
 * {@code registry.validation} for the content.
 */
@NullMarked
package io.orchestrator.core.registry.kinds;

import org.jspecify.annotations.NullMarked;
