/** Manifests in YAML, read as kubectl reads them, into JSON trees. Stateless and thread-safe. */
@NullMarked
package io.orchestrator.core.codec.yaml;

import org.jspecify.annotations.NullMarked;
