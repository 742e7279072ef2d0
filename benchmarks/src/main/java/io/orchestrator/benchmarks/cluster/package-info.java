/** Whole clusters: how long they take to start, and what they do in a second. */
@NullMarked
package io.orchestrator.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
