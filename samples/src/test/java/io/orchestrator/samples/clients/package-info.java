/**
 * The client libraries of the Java world, from Maven Central and as their users use them, against a cluster of this process:
 * fabric8's, the official one, and an operator on the Java Operator SDK. No test may wait longer than {@link
 * io.orchestrator.samples.clients.ClientCluster#PATIENCE} for anything.
 */
package io.orchestrator.samples.clients;
