package io.orchestrator.core.control.autoscale;

import java.time.Duration;
import java.time.Instant;

/** A value of one pod, in thousandths, measured over the window up to a moment. */
record Sample(long value, Instant at, Duration window) {}
