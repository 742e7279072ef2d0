/**
 * What a node offers to the control plane beside the API objects: streams into its pods, and what they use. The API server and
 * the in-process client call it; the node agent answers, in the same process or behind its own HTTPS endpoint. Calls return at once, as
 * those of {@code io.orchestrator.spi.runtime}, whose stream types it uses.
 */
@NullMarked
package io.orchestrator.spi.node;

import org.jspecify.annotations.NullMarked;
