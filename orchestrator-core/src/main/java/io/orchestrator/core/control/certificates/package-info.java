/**
 * Requests for certificates: those of nodes that may have them are approved, approved ones are signed, and what is done with is
 * forgotten. One key per request.
 */
@NullMarked
package io.orchestrator.core.control.certificates;

import org.jspecify.annotations.NullMarked;
