/**
 * Network policies where nothing enforces them: they are kept, and their owners are told that they have no effect.
 */
@NullMarked
package io.orchestrator.core.control.networkpolicy;

import org.jspecify.annotations.NullMarked;
