/**
 * {@code Cluster}, the only place that wires everything together: it alone chooses stores, runtimes and clocks, starts the
 * loops in order and closes them in reverse. Nothing else in the core depends on it.
 */
@NullMarked
package io.orchestrator.core.embed;

import org.jspecify.annotations.NullMarked;
