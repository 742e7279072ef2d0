/** YAML, read as kubectl reads manifests, into JSON trees, and JSON trees as YAML. Stateless and thread-safe. */
@NullMarked
package io.orchestrator.core.codec.yaml;

import org.jspecify.annotations.NullMarked;
