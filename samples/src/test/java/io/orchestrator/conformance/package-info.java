/** Keeps the table of Kubernetes' conformance tests, {@code docs/conformance.md}, true to the tests that there are. */
@NullMarked
package io.orchestrator.conformance;

import org.jspecify.annotations.NullMarked;
