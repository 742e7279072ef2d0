/**
 * Kubernetes' protobuf bodies into records and back, by the field numbers in the schema. Newer kubectl sends some requests
 * only so. Stateless and thread-safe.
 */
@NullMarked
package io.orchestrator.core.codec.protobuf;

import org.jspecify.annotations.NullMarked;
