package io.orchestrator.core.network.userspace;

import io.orchestrator.spi.network.ProxyReport.Problem;
import io.orchestrator.spi.network.ServicePort;
import java.util.Locale;

/** Why an address and port could not be had, in words that a service's owner can act upon. */
final class BindFailure {

    private BindFailure() {}

    static Problem explain(Bind bind, ServicePort port, Exception failure) {
        String said = String.valueOf(failure.getMessage());
        String lower = said.toLowerCase(Locale.ROOT);
        String where = bind.address() + ":" + bind.port() + "/" + bind.protocol();
        String reason;
        String message;
        if (lower.contains("in use")) {
            reason = "PortInUse";
            message = where + " is in use by another program";
        } else if (lower.contains("permission")) {
            reason = "PermissionDenied";
            message = where + " may not be opened: ports below 1024 need root, or a lower"
                    + " net.ipv4.ip_unprivileged_port_start";
        } else if (lower.contains("assign requested address")) {
            reason = "AddressNotAvailable";
            message = where + " is no address of this machine";
        } else {
            reason = "NotServed";
            message = where + " cannot be opened: " + said;
        }
        return new Problem(port.namespace(), port.service(), bind.address(), bind.port(), reason, message);
    }
}
