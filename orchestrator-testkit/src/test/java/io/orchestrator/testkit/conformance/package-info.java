/**
 * What Kubernetes' conformance tests ask of workloads, scheduling, namespaces, quotas and garbage collection, each as a test of
 * ours against a whole cluster in virtual time: API, controllers, scheduler and node agents on a simulated engine. Which test
 * asks what is in its {@code @Conformance}; {@code docs/conformance.md} is made of that.
 */
@NullMarked
package io.orchestrator.testkit.conformance;

import org.jspecify.annotations.NullMarked;
