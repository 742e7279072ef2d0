/**
 * Reads the records of {@code io.orchestrator.api} as a schema. From it come OpenAPI, defaults, merge keys, strict decoding
 * and {@code kubectl explain}; nothing about a field is known anywhere else. Immutable once read, shared by all threads.
 */
@NullMarked
package io.orchestrator.core.schema;

import org.jspecify.annotations.NullMarked;
