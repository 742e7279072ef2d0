/**
 * Describes the served kinds as OpenAPI v3 and v2, from the schema of their records: what {@code kubectl explain}, {@code apply}
 * and client-side validation read. Immutable and thread-safe; knows nothing of HTTP.
 */
@NullMarked
package io.orchestrator.core.openapi;

import org.jspecify.annotations.NullMarked;
