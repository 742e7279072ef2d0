/**
 * Who hands out cluster IPs and node ports. {@link io.orchestrator.core.registry.address.AddressAllocator} is what the registry
 * needs; {@link io.orchestrator.core.registry.address.RangeAllocator} keeps the ranges of one cluster: in the store, where
 * several control planes may serve it, and put right from the services at start and from time to time.
 *
 * <p><b>Threading.</b> Safe for concurrent use; short critical sections, and no call to the store within one. <b>Neighbours.</b> Called by the
 * service strategy's hook in the registry.
 */
@NullMarked
package io.orchestrator.core.registry.address;

import org.jspecify.annotations.NullMarked;
