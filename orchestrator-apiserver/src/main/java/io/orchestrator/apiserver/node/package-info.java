/**
 * A node's own ports, as a kubelet has them: the authenticated one, by which the API server reaches the pods of nodes in other
 * processes, and the one that everybody may read. Whoever asks is known by a certificate of the cluster or by a token that the
 * API vouches for, and may do what the API says that they may do to {@code nodes/proxy} and its siblings.
 *
 * <p>In a cluster of one process: {@code Cluster.builder().nodeServer(NodeServer.onPort(0))}. Whoever runs an agent of its
 * own opens the door before the agent begins, and closes it before the agent:
 *
 * <pre>{@code
 * NodeAgent agent = new NodeAgent(config, client, runtime, services, events, environment);
 * NodeDoor.Opened door = NodeServer.onPort(10250).on("0.0.0.0").open(new ServedNode(
 *         config.nodeName(), config.hostIp(), agent, client, authorityCertificate,
 *         (dnsNames, addresses) -> identity, new ObjectCodec(new Schemas()), metrics, environment));
 * agent.servedOn(door.port());
 * agent.start();
 * }</pre>
 *
 * <p>Requests run on the environment's executor, since asking the API may block; so many at a time, and no more.
 */
@NullMarked
package io.orchestrator.apiserver.node;

import org.jspecify.annotations.NullMarked;
