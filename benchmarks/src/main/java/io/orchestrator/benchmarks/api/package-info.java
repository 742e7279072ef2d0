/** Scenarios of the API: reads and writes over HTTPS and in process, beside a bare server's. */
@NullMarked
package io.orchestrator.benchmarks.api;

import org.jspecify.annotations.NullMarked;
