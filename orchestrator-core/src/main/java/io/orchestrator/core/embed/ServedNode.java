package io.orchestrator.core.embed;

import io.orchestrator.api.client.Client;
import io.orchestrator.core.agent.NodeAgent;
import io.orchestrator.core.auth.Identity;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.metrics.Metrics;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a node's door stands before. The parts belong to whoever runs the agent, who closes them after the door.
 *
 * @param address at which the node says that it can be reached, see {@code AgentConfig.hostIp}
 * @param client asks the API who somebody is and what they may do: it needs the rights of a node's agent
 * @param authority that issues the certificates of the cluster
 * @param certificates where the door gets its own one
 * @param metrics what the node measures of itself
 */
public record ServedNode(
        String name,
        String address,
        NodeAgent agent,
        Client client,
        X509Certificate authority,
        ServingCertificates certificates,
        ObjectCodec codec,
        Metrics metrics,
        Environment environment) {

    /** Issues certificates by which servers are known. */
    @FunctionalInterface
    public interface ServingCertificates {

        /** One for {@code system:node:NAME} that is good for these names and addresses; may block. */
        Identity issue(List<String> dnsNames, List<String> addresses);
    }
}
