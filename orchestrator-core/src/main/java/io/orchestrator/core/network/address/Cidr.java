package io.orchestrator.core.network.address;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A range of IPv4 addresses. @param network in host order, the bits of the host cleared */
public record Cidr(int network, int prefix) {
    private static final int BITS = 32;
    private static final int MAX_OCTET = 255;
    /** A number without leading zeros, which some programs take for octal ones. */
    private static final String NUMBER = "(0|[1-9][0-9]{0,2})";

    private static final Pattern ADDRESS = Pattern.compile(String.join("\\.", NUMBER, NUMBER, NUMBER, NUMBER));
    private static final Pattern PREFIX = Pattern.compile(NUMBER);

    /** Empty for what is no range of IPv4, whatever the text. */
    public static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !PREFIX.matcher(text.substring(slash + 1)).matches()) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(text.substring(slash + 1));
        return prefix > BITS
                ? Optional.empty()
                : number(text.substring(0, slash)).map(address -> new Cidr(address & mask(prefix), prefix));
    }

    /** @param address anything; what is no address of IPv4 lies in no range */
    public boolean contains(String address) {
        return number(address).filter(each -> (each & mask(prefix)) == network).isPresent();
    }

    /** In host order, as {@link #network} is. */
    int mask() {
        return mask(prefix);
    }

    private static int mask(int prefix) {
        return prefix == 0 ? 0 : -1 << (BITS - prefix);
    }

    private static Optional<Integer> number(String address) {
        Matcher octets = ADDRESS.matcher(address);
        if (!octets.matches()) {
            return Optional.empty();
        }
        int number = 0;
        for (int i = 1; i <= octets.groupCount(); i++) {
            int octet = Integer.parseInt(octets.group(i));
            if (octet > MAX_OCTET) {
                return Optional.empty();
            }
            number = number << Byte.SIZE | octet;
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
