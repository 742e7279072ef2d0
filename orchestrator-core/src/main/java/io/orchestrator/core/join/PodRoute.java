package io.orchestrator.core.join;

import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.NodeAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The way to the pods of a node. The cluster publishes those of all nodes in a config map, since a node sees no other.
 *
 * @param subnet which the addresses of its pods are of
 * @param via the address of the node itself
 */
public record PodRoute(String subnet, String via) {
    /** The config map: under the name of each node the text of its route. */
    public static final ObjectKey ALL = new ObjectKey("kube-system", "pod-routes");

    private static final String ADDRESS = "(?:\\d{1,3}\\.){3}\\d{1,3}";
    private static final Pattern SUBNET = Pattern.compile("(" + ADDRESS + ")/(\\d{1,2})");
    private static final Pattern TEXT = Pattern.compile("(" + ADDRESS + "/\\d{1,2}) via (" + ADDRESS + ")");
    private static final int BITS = 32;
    /** No range of private addresses is wider; one that is would take more from the default route than pods. */
    private static final int WIDEST = 8;

    /** Empty where the node has no subnet, or no address. */
    public static Optional<PodRoute> of(Node node) {
        return node.status().addresses().stream()
                .filter(address -> address.type().equals("InternalIP"))
                .map(NodeAddress::address)
                .findFirst()
                .flatMap(address -> parse(node.spec().podCIDR() + " via " + address));
    }

    /** Empty where it is none, of IPv4. */
    public static Optional<PodRoute> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || !isSubnet(matcher.group(1)) || number(matcher.group(2)) < 0) {
            return Optional.empty();
        }
        return Optional.of(new PodRoute(matcher.group(1), matcher.group(2)));
    }

    /** Whether this is a range as {@code 10.244.3.0/24} is one, with nothing set behind its prefix, of at least 8 bits. */
    public static boolean isSubnet(String text) {
        Matcher matcher = SUBNET.matcher(text);
        if (!matcher.matches()) {
            return false;
        }
        int prefix = Integer.parseInt(matcher.group(2));
        long network = number(matcher.group(1));
        return prefix >= WIDEST && prefix <= BITS && network >= 0 && (network & ~mask(prefix)) == 0;
    }

    /** Whether some addresses are of both. */
    public boolean overlaps(PodRoute other) {
        Matcher mine = SUBNET.matcher(subnet);
        Matcher theirs = SUBNET.matcher(other.subnet);
        if (!mine.matches() || !theirs.matches()) {
            return false;
        }
        long mask = mask(Math.min(Integer.parseInt(mine.group(2)), Integer.parseInt(theirs.group(2))));
        return (number(mine.group(1)) & mask) == (number(theirs.group(1)) & mask);
    }

    private static long mask(int prefix) {
        return -1L << (BITS - prefix);
    }

    /** Less than 0 for what is no address. */
    private static long number(String address) {
        long number = 0;
        for (String octet : address.split("\\.")) {
            int value = Integer.parseInt(octet);
            if (value > 255) {
                return -1;
            }
            number = number << Byte.SIZE | value;
        }
        return number;
    }

    /** As the config map has it, and as {@code ip route} does. */
    @Override
    public String toString() {
        return subnet + " via " + via;
    }
}
