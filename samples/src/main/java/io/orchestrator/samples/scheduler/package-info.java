/** A scheduler plugin of a host's own, and an application that uses it. */
@NullMarked
package io.orchestrator.samples.scheduler;

import org.jspecify.annotations.NullMarked;
