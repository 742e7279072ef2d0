package io.orchestrator.core.registry.address;

import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServicePort;
import io.orchestrator.core.registry.address.AddressClaims.Claim;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a service has of the ranges.
 *
 * @param address empty where it has none
 * @param ports its node ports, and the one for health checks
 * @param health the latter; 0 where it has none
 */
record Holding(String address, Set<Integer> ports, int health) {
    private static final String HEADLESS = "None";

    static Holding of(@Nullable Service service) {
        if (service == null) {
            return new Holding("", Set.of(), 0);
        }
        Set<Integer> ports = new LinkedHashSet<>();
        service.spec().ports().stream()
                .mapToInt(ServicePort::nodePort)
                .filter(port -> port != 0)
                .forEach(ports::add);
        int health = service.spec().healthCheckNodePort();
        if (health != 0) {
            ports.add(health);
        }
        String address = service.spec().clusterIP();
        return new Holding(address.equals(HEADLESS) ? "" : address, ports, health);
    }

    Set<Claim> claims() {
        Set<Claim> claims = new LinkedHashSet<>();
        if (!address.isEmpty()) {
            claims.add(Claim.address(address));
        }
        ports.forEach(port -> claims.add(Claim.nodePort(port)));
        return claims;
    }
}
