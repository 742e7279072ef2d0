/**
 * Empties namespaces that are being deleted, says what still blocks them, and lets them go when nothing is left. One key
 * per namespace; woken by whatever changes inside a terminating one.
 */
@NullMarked
package io.orchestrator.core.control.namespace;

import org.jspecify.annotations.NullMarked;
