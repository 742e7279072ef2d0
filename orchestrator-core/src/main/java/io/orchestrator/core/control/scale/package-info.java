/**
 * How many pods an object wants, whatever its kind: through its {@code scale}.
 *
 * <p><b>Threads.</b> Everything is safe for concurrent use.
 *
 * <p><b>Neighbours.</b> Used by the packages of single controllers, which never import each other.
 */
@NullMarked
package io.orchestrator.core.control.scale;

import org.jspecify.annotations.NullMarked;
