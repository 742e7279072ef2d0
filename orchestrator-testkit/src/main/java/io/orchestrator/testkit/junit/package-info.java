/**
 * JUnit extensions for tests that need something of the machine: Docker, etcd, root. Elsewhere such a test is skipped and
 * says why; under {@code CI=true} what is missing is a failure, so that a green build has really run everything.
 */
@NullMarked
package io.orchestrator.testkit.junit;

import org.jspecify.annotations.NullMarked;
