/**
 * The embedded stores: multi-version in memory, and durable on a directory. Both pass the store contract of the testkit.
 */
@NullMarked
package io.orchestrator.core.store;

import org.jspecify.annotations.NullMarked;
