/**
 * What controllers that end pods from outside have in common: they say on the pod that it is a disruption, and why.
 *
 * <p><b>Threads.</b> Everything is safe for concurrent use.
 */
@NullMarked
package io.orchestrator.core.control.disruption;

import org.jspecify.annotations.NullMarked;
