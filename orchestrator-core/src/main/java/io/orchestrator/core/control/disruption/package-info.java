/** What controllers that end pods from outside have in common: they say on the pod that it is a disruption, and why. */
@NullMarked
package io.orchestrator.core.control.disruption;

import org.jspecify.annotations.NullMarked;
