package io.orchestrator.core.network.dns;

import io.orchestrator.api.control.ObjectKey;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.TextParseException;

/**
 * The names of one cluster. Immutable.
 *
 * @param zone such as {@code cluster.local.}
 * @param services below which services are
 * @param pods below which pods are
 */
record ClusterNames(Name zone, Name services, Name pods) {

    /** @param domain such as {@code cluster.local} */
    static ClusterNames of(String domain) {
        Name zone = Name.fromConstantString(domain.endsWith(".") ? domain : domain + ".");
        return new ClusterNames(zone, child("svc", zone), child("pod", zone));
    }

    Name service(ObjectKey service) {
        return child(service.name(), child(service.namespace(), services));
    }

    /** Who answers for the zone. */
    Name server() {
        return child("ns", child("dns", zone));
    }

    /** @throws IllegalArgumentException when the label is none; those of Kubernetes' objects are */
    static Name child(String label, Name parent) {
        try {
            return Name.fromString(label, parent);
        } catch (TextParseException e) {
            throw new IllegalArgumentException("not a name: " + label + "." + parent, e);
        }
    }

    /** A name that somebody wrote, in whole; empty when it is none. */
    static Optional<Name> whole(String text) {
        try {
            return Optional.of(Name.fromString(text, Name.root));
        } catch (TextParseException e) {
            return Optional.empty();
        }
    }

    /** The name by which one asks for the names of an address. */
    static Name reverse(InetAddress address) {
        return ReverseMap.fromAddress(address);
    }

    /** Empty for what is no address. Looks nothing up. */
    static Optional<InetAddress> address(String text) {
        if (text.isEmpty() || !(text.indexOf(':') >= 0 || Character.isDigit(text.charAt(0)))) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
