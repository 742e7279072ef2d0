package io.orchestrator.runtime.docker;

import java.util.Optional;

/**
 * The addresses of a bridge that this library gives out: the upper half of its subnet. The engine gives out the lowest free one, so that the lower half is
 * its own. Immutable.
 *
 * @param prefix how many bits of an address are the subnet's
 * @param first as a number
 * @param size how many there are
 */
record AddressRange(int prefix, int first, int size) {
    private static final int BITS = 32;
    private static final int BYTE = 8;
    private static final int OCTET = 0xff;
    private static final int LARGEST = 8;
    /** Of a smaller subnet half is too few. */
    private static final int SMALLEST = 26;

    /**
     * Those of a subnet.
     *
     * @param subnet such as {@code 172.18.0.0/16}
     * @return empty where it is none of IPv4, or too small to be shared with the engine
     */
    static Optional<AddressRange> of(String subnet) {
        int slash = subnet.indexOf('/');
        if (slash < 0 || subnet.indexOf(':') >= 0) {
            return Optional.empty();
        }
        try {
            int prefix = Integer.parseInt(subnet.substring(slash + 1));
            if (prefix < LARGEST || prefix > SMALLEST) {
                return Optional.empty();
            }
            int half = 1 << BITS - prefix - 1;
            int base = number(subnet.substring(0, slash)) & -(half << 1);
            // The last one is the subnet's broadcast.
            return Optional.of(new AddressRange(prefix, base + half, half - 1));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The other half, as a range that the engine can be held to: it would give out these too, when it has no other ones. */
    String engines() {
        return text(first - size - 1) + "/" + (prefix + 1);
    }

    /** The machine's own address on the bridge, as engines choose it where nobody else does. */
    String gateway() {
        return text(first - size);
    }

    /** @param address of IPv4 */
    boolean has(String address) {
        int place = number(address) - first;
        return place >= 0 && place < size;
    }

    private static int number(String address) {
        String[] octets = address.split("\\.", -1);
        if (octets.length != Integer.BYTES) {
            throw new NumberFormatException(address + " is no address");
        }
        int number = 0;
        for (String each : octets) {
            number = number << BYTE | Integer.parseInt(each) & OCTET;
        }
        return number;
    }

    /** The address at this place, counted from 0. */
    String at(int index) {
        return text(first + index);
    }

    private static String text(int number) {
        StringBuilder text = new StringBuilder();
        for (int shift = BITS - BYTE; shift >= 0; shift -= BYTE) {
            text.append(number >>> shift & OCTET).append(shift == 0 ? "" : ".");
        }
        return text.toString();
    }
}
