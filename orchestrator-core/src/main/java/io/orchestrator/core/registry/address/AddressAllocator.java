package io.orchestrator.core.registry.address;

import io.orchestrator.api.model.core.Service;
import io.orchestrator.core.registry.Allocation;

/** Hands out cluster IPs and node ports to services; see {@link Allocation} for when it is called. */
public interface AddressAllocator extends Allocation<Service> {}
