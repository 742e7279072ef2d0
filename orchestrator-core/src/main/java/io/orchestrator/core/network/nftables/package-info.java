/**
 * Packet rules as a short cut past another proxy, which goes on serving everything: what the rules do not take, or no longer
 * take, reaches that one.
 *
 * <p>One table of the kernel's, of the cluster's own, changed by the {@code nft} command: each change is one transaction of
 * what differs. It goes when the proxy is closed; one that a killed process left is replaced at the start.
 *
 * <p><b>Threads.</b> Changes run on their caller's thread, which waits for the command. <b>Neighbours.</b> Implements {@code
 * spi.network.ServiceProxy}.
 */
@NullMarked
package io.orchestrator.core.network.nftables;

import org.jspecify.annotations.NullMarked;
