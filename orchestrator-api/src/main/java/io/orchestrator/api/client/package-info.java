/**
 * The client that hosts, controllers, the scheduler and the node agents use alike: typed create, get, list, watch, update,
 * patch, apply and delete, and logs and exec of a pod. The interfaces here say nothing about where the control plane runs,
 * so the same code works in the process of the cluster, over HTTP, and against a real Kubernetes.
 */
@NullMarked
package io.orchestrator.api.client;

import org.jspecify.annotations.NullMarked;
