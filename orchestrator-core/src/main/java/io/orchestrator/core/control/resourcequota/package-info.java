/** Counts what is used of resource quotas, when they are new or changed, and again from time to time. One key per quota. */
@NullMarked
package io.orchestrator.core.control.resourcequota;

import org.jspecify.annotations.NullMarked;
