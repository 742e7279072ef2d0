package io.orchestrator.testkit.runtime;

import io.orchestrator.spi.runtime.RuntimeFailure;
import java.time.Duration;

/** What goes wrong with a call of a simulated runtime. */
public sealed interface RuntimeFault {

    /** Does what it should, but later. */
    record Slow(Duration by) implements RuntimeFault {}

    /** Does nothing and never answers. */
    record Hang() implements RuntimeFault {}

    /** Does nothing and fails. */
    record Fail(RuntimeFailure.Kind kind, String message) implements RuntimeFault {}

    /** Does what it should, and answers that the outcome is unknown. */
    record LoseAnswer() implements RuntimeFault {}
}
