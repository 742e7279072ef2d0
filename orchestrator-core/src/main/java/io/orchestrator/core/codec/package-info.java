/**
 * Turns records into JSON and JSON or YAML into records, as the schema says. Keeps the limits on size, depth and aliases
 * that protect an API server from its clients. Stateless and thread-safe.
 */
@NullMarked
package io.orchestrator.core.codec;

import org.jspecify.annotations.NullMarked;
