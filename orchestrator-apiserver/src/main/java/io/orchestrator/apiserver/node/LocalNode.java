package io.orchestrator.apiserver.node;

import io.orchestrator.core.metrics.Metrics;
import io.orchestrator.spi.node.NodeEndpoint;
import io.orchestrator.spi.node.NodeMeter;
import io.orchestrator.spi.node.NodeReport;

/** A node of this process: what it tells of itself and measures, and its pods. */
public record LocalNode(NodeReport report, NodeMeter meter, NodeEndpoint pods, Metrics metrics) {}
