/**
 * Load balancers without one: addresses of this machine, on which the service proxy answers. {@link
 * io.orchestrator.core.network.balance.AddressPool} gives them out, a controller asks for them.
 *
 * <p><b>Threads.</b> Safe for concurrent use. <b>Neighbours.</b> Implements {@code spi.network.LoadBalancers}.
 */
@NullMarked
package io.orchestrator.core.network.balance;

import org.jspecify.annotations.NullMarked;
