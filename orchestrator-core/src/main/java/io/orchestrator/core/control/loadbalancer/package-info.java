/**
 * The service controller: services of type LoadBalancer get addresses, which their status announces, and give them back.
 *
 * <p>Who gives them is behind {@code spi.network.LoadBalancers}. A finalizer keeps a service until its address was given back.
 */
@NullMarked
package io.orchestrator.core.control.loadbalancer;

import org.jspecify.annotations.NullMarked;
