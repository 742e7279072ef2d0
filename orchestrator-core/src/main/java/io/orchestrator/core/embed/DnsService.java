package io.orchestrator.core.embed;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.control.Events;
import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.Protocol;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceBuilder;
import io.orchestrator.api.model.core.ServicePort;
import io.orchestrator.api.model.core.ServicePortBuilder;
import io.orchestrator.api.model.core.ServiceSpecBuilder;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.network.ServiceTableBuilder;
import io.orchestrator.core.network.dns.ClusterDns;
import io.orchestrator.core.network.dns.DnsSettings;
import io.orchestrator.core.network.dns.ResolverFile;
import io.orchestrator.spi.runtime.SandboxSpec.DnsSetup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cluster's DNS as its pods and clients know it: the service {@code kube-dns}, which keeps the address, and the server of
 * this process, which answers there itself, so that no proxy has to.
 */
final class DnsService {
    private static final Logger LOG = LoggerFactory.getLogger(DnsService.class);
    static final String NAME = "kube-dns";
    static final String NAMESPACE = "kube-system";
    private static final String BUILT_IN = "cluster-dns";
    private static final int PORT = 53;

    private DnsService() {}

    /** Makes the service unless it is there. @param wanted the address to ask for */
    static Service ensure(Client client, String wanted) {
        ResourceClient<Service> services = client.inNamespace(NAMESPACE).services();
        return services.find(NAME).orElseGet(() -> create(services, wanted));
    }

    private static Service create(ResourceClient<Service> services, String wanted) {
        try {
            return services.create(described(wanted));
        } catch (ApiException e) {
            if (e.isAlreadyExists()) {
                return services.get(NAME);
            }
            if (e.reason() != Reason.INVALID) {
                throw e;
            }
            LOG.info("{} belongs to another service already: the cluster's DNS gets another address", wanted);
            return services.create(described(""));
        }
    }

    private static Service described(String address) {
        return ServiceBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(NAME)
                        .namespace(NAMESPACE)
                        .labels(Map.of(
                                "k8s-app",
                                NAME,
                                "kubernetes.io/cluster-service",
                                "true",
                                "kubernetes.io/name",
                                "ClusterDNS",
                                ServiceTableBuilder.SERVED_BY,
                                BUILT_IN))
                        .build())
                .spec(ServiceSpecBuilder.builder()
                        .clusterIP(address)
                        .ports(List.of(port("dns", Protocol.UDP), port("dns-tcp", Protocol.TCP)))
                        .build())
                .build();
    }

    private static ServicePort port(String name, String protocol) {
        return ServicePortBuilder.builder()
                .name(name)
                .port(PORT)
                .protocol(protocol)
                .targetPort(IntOrString.of(PORT))
                .build();
    }

    /**
     * Answers until the teardown, unless somebody else serves the service.
     *
     * @param service what {@link #ensure} said
     * @param events tell, on the service, why it cannot answer
     * @return how pods resolve names of the cluster; the engine's default where they cannot
     */
    static DnsSetup start(
            Service service,
            String domain,
            ServiceNetwork network,
            SharedInformers informers,
            Events events,
            Environment environment,
            Teardown teardown) {
        if (!BUILT_IN.equals(service.metadata().labels().get(ServiceTableBuilder.SERVED_BY))) {
            return setup(service);
        }
        DnsSettings settings =
                DnsSettings.at(address(service), domain, each -> network.isServiceAddress(each.getHostAddress()));
        ClusterDns dns = teardown.add("DNS", new ClusterDns(settings, informers, environment, why -> {
            LOG.warn("{}; it is tried again", why);
            events.warning(service, "ClusterDNSNotServed", why);
        }));
        dns.start();
        if (!network.isReachableFromPods()) {
            String why = "pods have a network of their own and do not reach the addresses of services without root:"
                    + " they resolve names as the engine does";
            LOG.warn(why);
            events.warning(service, "ClusterDNSNotReachable", why);
        }
        boolean usable = dns.isListening() && network.isReachableFromPods();
        return usable ? setup(service) : DnsSetup.engineDefault();
    }

    private static DnsSetup setup(Service service) {
        return setup(service.spec().clusterIP());
    }

    /** How pods resolve names by the server at this address. */
    static DnsSetup setup(String address) {
        return new DnsSetup(List.of(address), ResolverFile.ofThisMachine().searches(), List.of());
    }

    private static InetAddress address(Service service) {
        try {
            return InetAddress.getByName(service.spec().clusterIP());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("no address: " + service.spec().clusterIP(), e);
        }
    }
}
