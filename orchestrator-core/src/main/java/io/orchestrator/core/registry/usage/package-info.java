/**
 * {@code metrics.k8s.io} as kinds that are computed: what pods and nodes use, asked of the nodes' agents when somebody reads it.
 * Knows no agent, only meters by the names of nodes.
 */
@NullMarked
package io.orchestrator.core.registry.usage;

import org.jspecify.annotations.NullMarked;
