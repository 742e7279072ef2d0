/**
 * Service proxies, DNS and the allocation of addresses and ports. Learns of services and endpoints through the client and
 * holds what it allocated until it is closed.
 */
@NullMarked
package io.orchestrator.core.network;

import org.jspecify.annotations.NullMarked;
