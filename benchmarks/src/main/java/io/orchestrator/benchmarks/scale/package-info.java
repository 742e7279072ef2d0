/**
 * What a large cluster costs: many pods on many nodes that pretend to run them, through the API as everybody uses it.
 */
@NullMarked
package io.orchestrator.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
