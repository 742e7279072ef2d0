package io.orchestrator.core.control.autoscale;

/**
 * How many replicas one metric asks for.
 *
 * @param usage what the metric was, in thousandths; the average over the pods where it is one of pods
 * @param utilization the same in percent of what the pods request; 0 where it is not compared with that
 */
record Proposal(int replicas, long usage, int utilization) {}
