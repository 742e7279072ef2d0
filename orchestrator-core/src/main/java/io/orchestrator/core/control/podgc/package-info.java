/** Removes pods whose node is gone: no agent will ever end them. One key per pod, one worker. */
@NullMarked
package io.orchestrator.core.control.podgc;

import org.jspecify.annotations.NullMarked;
