/** Pods on real runtimes: how soon they run, are replaced and are gone, beside the engine's own API and bare processes. */
@NullMarked
package io.orchestrator.benchmarks.pods;

import org.jspecify.annotations.NullMarked;
