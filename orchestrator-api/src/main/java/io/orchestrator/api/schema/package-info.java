/**
 * The annotations that turn a record into a schema. The codec, the strict decoder, the merges, the defaults and the OpenAPI are
 * all read from them; nothing about a field is written down a second time. Depends on nothing.
 */
@NullMarked
package io.orchestrator.api.schema;

import org.jspecify.annotations.NullMarked;
