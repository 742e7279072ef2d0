package io.orchestrator.spi.network;

import io.orchestrator.api.model.core.LoadBalancerIngress;
import io.orchestrator.api.model.core.Service;
import java.util.List;

/**
 * Gives services of type LoadBalancer the addresses or names by which the world outside reaches them: a pool of addresses of this
 * machine, or whatever makes real load balancers.
 *
 * <p>Calls come one at a time from a controller that leads. {@link #restore} comes first, with all services that there are, so that
 * what was given before a restart is neither lost nor given twice. {@link #ensure} comes at every change of a service, also when
 * all is well, and must then change nothing. Whatever was given is given back by {@link #release}, which may come twice.
 */
public interface LoadBalancers {

    /** The {@code spec.loadBalancerClass} of the services that are meant; empty for those that name none. */
    default String loadBalancerClass() {
        return "";
    }

    /** Takes note of what these services were given before. */
    void restore(List<Service> services);

    /**
     * Sees to it that the service is reached from outside.
     *
     * @return where; empty when that takes a while yet, and is to be asked for again
     * @throws IllegalStateException when it cannot be, with a message for the service's owner
     */
    List<LoadBalancerIngress> ensure(Service service);

    /** Takes back what the service was given. Does nothing when that was nothing. */
    void release(Service service);
}
