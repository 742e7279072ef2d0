/**
 * Network policies in force: what they come to for the pods that there are, as a pure function; packet rules that hold them for
 * what passes between pods and the world; and the same answer for connections that the user-space proxy leads.
 *
 * <p>One table of the kernel's, of the cluster's own, changed by the {@code nft} command: each change is one transaction of
 * what differs. It stands only while a policy chooses a pod, and goes at the end; one that a killed process left goes at the
 * start.
 *
 * <p><b>Threads.</b> One loop on the environment's executor owns the rules and waits for the command; the table in force is an
 * immutable snapshot that everybody may ask. <b>Neighbours.</b> Learns of policies, pods and namespaces through the client.
 */
@NullMarked
package io.orchestrator.core.network.policy;

import org.jspecify.annotations.NullMarked;
