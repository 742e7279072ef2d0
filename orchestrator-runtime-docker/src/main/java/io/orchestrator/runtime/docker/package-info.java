/**
 * The container runtime SPI on a Docker engine. A pod is a sandbox container that owns the network namespace, and app
 * containers that join it. Everything it makes is labelled with the cluster and the node, and nothing without these labels
 * is touched. No type of docker-java leaves this package.
 */
@NullMarked
package io.orchestrator.runtime.docker;

import org.jspecify.annotations.NullMarked;
