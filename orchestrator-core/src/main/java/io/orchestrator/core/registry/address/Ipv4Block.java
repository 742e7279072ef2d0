package io.orchestrator.core.registry.address;

/**
 * A block of IPv4 addresses, without its network and broadcast addresses.
 *
 * @param base the network address as a number
 * @param size how many addresses can be given out
 */
record Ipv4Block(int base, int size) {
    private static final int LOOPBACK = 127;

    /** @param cidr such as {@code 10.96.0.0/12}, of 4 addresses or more, and of the first million where it is larger */
    static Ipv4Block parse(String cidr) {
        int slash = cidr.indexOf('/');
        int address = number(slash < 0 ? cidr : cidr.substring(0, slash));
        int length = slash < 0 ? 32 : Integer.parseInt(cidr.substring(slash + 1));
        if (address == -1 || length < 8 || length > 30) {
            throw new IllegalArgumentException("not a block for cluster IPs: " + cidr);
        }
        int hosts = 1 << (32 - length);
        return new Ipv4Block(address & -hosts, Math.min(hosts, 1 << 20) - 2);
    }

    String address(int index) {
        int address = base + 1 + index;
        return ((address >>> 24) & 255) + "." + ((address >>> 16) & 255) + "." + ((address >>> 8) & 255) + "."
                + (address & 255);
    }

    /** Whether Java opens sockets on the address: on those of loopback that end in 255 it does not, although Linux would. */
    boolean isOpenable(int index) {
        int address = base + 1 + index;
        return (address >>> 24) != LOOPBACK || (address & 255) != 255;
    }

    /** The index of an address; out of range, and possibly negative, when it is not of this block. */
    int index(String address) {
        int number = number(address);
        return number == -1 ? -1 : number - base - 1;
    }

    /** -1, which is no address to give out, for what is no address. */
    static int number(String address) {
        String[] parts = address.split("\\.", -1);
        if (parts.length != 4) {
            return -1;
        }
        int number = 0;
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return -1;
            }
            int value = Integer.parseInt(part);
            if (value > 255) {
                return -1;
            }
            number = number << 8 | value;
        }
        return number;
    }
}
