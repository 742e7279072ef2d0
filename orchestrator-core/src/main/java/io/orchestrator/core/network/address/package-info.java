/**
 * Which addresses a cluster on this machine uses, and how they are kept from other clusters and handed to the kernel.
 *
 * <p>A range is claimed by a UDP socket on an address of its own, which the kernel takes back whatever becomes of the process;
 * so two clusters, in one JVM or in two, never share one. What is put on an interface is taken off again, and leftovers of a
 * killed process are found at the next start.
 *
 * <p><b>Threads.</b> Safe for concurrent use unless it says otherwise. <b>Neighbours.</b> The registry's allocator gives out
 * service addresses of the range, the process runtime those of pods; a proxy is wrapped where addresses must be held.
 */
@NullMarked
package io.orchestrator.core.network.address;

import org.jspecify.annotations.NullMarked;
