/** How quickly pods get their nodes. */
@NullMarked
package io.orchestrator.benchmarks.schedule;

import org.jspecify.annotations.NullMarked;
