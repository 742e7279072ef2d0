package io.orchestrator.core.embed;

import io.orchestrator.core.auth.Authenticator;
import io.orchestrator.core.auth.Authorizer;
import io.orchestrator.core.auth.CertificateAuthority;
import io.orchestrator.core.auth.token.TokenCodec;
import io.orchestrator.core.client.NodeDirectory;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.metrics.Metrics;
import io.orchestrator.core.registry.Registry;
import io.orchestrator.spi.node.NodeEndpoint;

/**
 * What a front door stands before. The parts belong to the cluster, which closes them after the door.
 *
 * @param clusterName for the kubeconfig and certificates
 * @param serviceAddress where pods reach the door, by the service that leads to it
 * @param pods where streams into pods lead
 * @param nodes the agents of this process; the door may say how those of others are reached
 * @param tokens of service accounts, for those who check them elsewhere
 * @param metrics what the cluster measures of itself
 * @param immediate whether neither the store nor a step of admission of the host's own can make a request wait
 * @param version of Kubernetes that is served, such as {@code v1.32.0}
 */
public record ControlPlane(
        String clusterName,
        String version,
        String serviceAddress,
        Registry registry,
        ObjectCodec codec,
        NodeEndpoint pods,
        NodeDirectory nodes,
        CertificateAuthority authority,
        Authenticator authenticator,
        Authorizer authorizer,
        TokenCodec tokens,
        Metrics metrics,
        boolean immediate,
        Environment environment) {}
