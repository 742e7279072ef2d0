/**
 * What Kubernetes' conformance tests ask of the API, each as a test of ours over HTTPS against a whole cluster whose nodes are
 * simulated; what they ask of pods, on real containers, many pods at a time; and the table of all of them, {@code docs/conformance.md}, which is kept true to the tests that there are. What is asked
 * of workloads, scheduling, quotas and garbage collection is tested in virtual time, beside the simulation.
 */
@NullMarked
package io.orchestrator.conformance;

import org.jspecify.annotations.NullMarked;
