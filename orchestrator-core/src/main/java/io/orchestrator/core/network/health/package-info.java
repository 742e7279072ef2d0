/**
 * Tells load balancers outside whether this node has endpoints of a service that stays on the node.
 *
 * <p><b>Threads.</b> One selector loop, from the first port on until the close. <b>Neighbours.</b> Told by the loop that keeps
 * the proxy's table.
 */
@NullMarked
package io.orchestrator.core.network.health;

import org.jspecify.annotations.NullMarked;
