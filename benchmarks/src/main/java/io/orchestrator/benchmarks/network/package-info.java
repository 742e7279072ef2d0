/** Services and names: how fast they are carried and answered, beside the programs that people use for that. */
@NullMarked
package io.orchestrator.benchmarks.network;

import org.jspecify.annotations.NullMarked;
