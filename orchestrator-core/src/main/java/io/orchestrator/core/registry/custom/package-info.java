/**
 * Custom resources: what definitions say, served as if there were records for it. Reads schemas, prunes, completes and judges
 * objects by them, and makes the strategies by which the registry serves each version.
 *
 * <p><b>Threading.</b> Everything is immutable but {@link io.orchestrator.core.registry.custom.CustomKinds}, which knows the
 * definitions. <b>Neighbours.</b> The registry, which asks it for its catalog and tells it what is written.
 */
@NullMarked
package io.orchestrator.core.registry.custom;

import org.jspecify.annotations.NullMarked;
