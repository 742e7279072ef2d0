/**
 * Removes pods whose node is gone, as no agent will ever end them, and the eldest of too many that have ended. One key per pod and
 * one for all that have ended, one worker.
 */
@NullMarked
package io.orchestrator.core.control.podgc;

import org.jspecify.annotations.NullMarked;
