package io.orchestrator.core.network.address;

import java.util.Optional;

/** A range of IPv4 addresses. @param network in host order, the bits of the host cleared */
public record Cidr(int network, int prefix) {
    private static final int BITS = 32;

    /** Empty for what is no range of IPv4. */
    public static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || text.indexOf(':') >= 0) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(text.substring(slash + 1));
        return number(text.substring(0, slash)).map(address -> new Cidr(address & mask(prefix), prefix));
    }

    public boolean contains(String address) {
        return number(address).filter(each -> (each & mask(prefix)) == network).isPresent();
    }

    private static int mask(int prefix) {
        return prefix == 0 ? 0 : -1 << (BITS - prefix);
    }

    private static Optional<Integer> number(String address) {
        String[] octets = address.split("\\.", -1);
        if (octets.length != Integer.BYTES) {
            return Optional.empty();
        }
        int number = 0;
        for (String octet : octets) {
            number = number << Byte.SIZE | Integer.parseInt(octet);
        }
        return Optional.of(number);
    }

    /** As {@code nft} reads it. */
    @Override
    public String toString() {
        return (network >>> 24) + "." + (network >>> 16 & 255) + "." + (network >>> 8 & 255) + "." + (network & 255)
                + "/" + prefix;
    }
}
