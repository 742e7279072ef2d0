/**
 * Server-side apply: who owns which field. Every write notes in {@code metadata.managedFields} what it changed; an apply changes
 * what its body says, gives up what it no longer says, and conflicts with other owners instead of overwriting them.
 * Stateless and thread-safe; time comes as an argument.
 */
@NullMarked
package io.orchestrator.core.patch.apply;

import org.jspecify.annotations.NullMarked;
