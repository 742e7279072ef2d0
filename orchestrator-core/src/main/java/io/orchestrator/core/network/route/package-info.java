/**
 * The way to the pods of other machines: a route to each node's subnet by the node's own address, as the machines of one network
 * segment can have it.
 *
 * <p><b>Threads.</b> One loop owns what the kernel is told. <b>Neighbours.</b> The routes come from the API, where
 * {@code core.control.podroutes} publishes them; the runtime makes the network that has the subnet.
 */
@NullMarked
package io.orchestrator.core.network.route;

import org.jspecify.annotations.NullMarked;
