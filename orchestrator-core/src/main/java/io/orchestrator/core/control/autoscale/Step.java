package io.orchestrator.core.control.autoscale;

/**
 * The size after one consideration.
 *
 * @param reason of the condition that tells of it
 */
record Step(int replicas, String reason, String message) {}
