/**
 * A whole cluster on one thread in virtual time from one seed, with faults injected and invariants checked after every
 * step. A failing seed replays exactly.
 */
@NullMarked
package io.orchestrator.testkit.simulation;

import org.jspecify.annotations.NullMarked;
