/** Clusters inside of this very JVM. */
@NullMarked
package io.orchestrator.samples.embed;

import org.jspecify.annotations.NullMarked;
