/**
 * The Pod Security Standards: namespaces say by label how much their pods may ask for, {@code privileged}, {@code baseline} or
 * {@code restricted}, and whether more is refused, warned of or just noted.
 *
 * <p><b>Threading.</b> Safe for concurrent use, no state.
 */
@NullMarked
package io.orchestrator.core.registry.admission.security;

import org.jspecify.annotations.NullMarked;
