/**
 * The controller engine: a work queue that deduplicates, delays and backs off, and the loop that feeds keys to reconcilers
 * and obeys their outcomes. Controllers live one per sub-package, know only the client, and do not know one another.
 */
@NullMarked
package io.orchestrator.core.control;

import org.jspecify.annotations.NullMarked;
