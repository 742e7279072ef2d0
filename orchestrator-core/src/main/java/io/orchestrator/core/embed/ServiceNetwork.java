package io.orchestrator.core.embed;

import io.orchestrator.api.control.Events;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.network.ServiceProxyLoop;
import io.orchestrator.core.network.userspace.Settings;
import io.orchestrator.core.network.userspace.UserSpaceProxy;

/** The addresses of services, and the proxy that answers on them for all nodes that share this machine. */
final class ServiceNetwork implements AutoCloseable {
    private final String cidr;
    private final Environment environment;

    private ServiceNetwork(String cidr, Environment environment) {
        this.cidr = cidr;
        this.environment = environment;
    }

    static ServiceNetwork plan(String cidr, boolean isolatedPods, Environment environment) {
        if (!cidr.isEmpty()) {
            return new ServiceNetwork(cidr, environment);
        }
        int block = environment.random().nextInt(32 * 16);
        return new ServiceNetwork("127." + (32 + block / 16) + "." + (block % 16) * 16 + ".0/20", environment);
    }

    String cidr() {
        return cidr;
    }

    void serve(SharedInformers informers, Events events, Teardown teardown) {
        UserSpaceProxy proxy = teardown.add("service proxy", new UserSpaceProxy(environment, Settings.defaults()));
        ServiceProxyLoop loop =
                teardown.add("service proxy loop", new ServiceProxyLoop(informers, proxy, events, environment));
        loop.start();
    }

    @Override
    public void close() {}
}
