/**
 * JMH benchmarks and scenario runs, each measured beside a peer or a limit in the same process or on the same machine. A run
 * prints a table for people and, as its last line, one JSON object.
 */
@NullMarked
package io.orchestrator.benchmarks;

import org.jspecify.annotations.NullMarked;
