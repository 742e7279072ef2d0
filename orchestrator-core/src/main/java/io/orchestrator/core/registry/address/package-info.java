/**
 * Who hands out cluster IPs and node ports. {@link io.orchestrator.core.registry.address.AddressAllocator} is what the registry
 * needs; {@link io.orchestrator.core.registry.address.RangeAllocator} keeps the ranges of one cluster in memory, rebuilt from
 * the services at start.
 *
 * <p><b>Threading.</b> Safe for concurrent use; short critical sections without calls out. <b>Neighbours.</b> Called by the
 * service strategy's hook in the registry.
 */
@NullMarked
package io.orchestrator.core.registry.address;

import org.jspecify.annotations.NullMarked;
