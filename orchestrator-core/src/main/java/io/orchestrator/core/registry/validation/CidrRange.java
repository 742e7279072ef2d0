package io.orchestrator.core.registry.validation;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** A range of addresses, by the bits that its addresses share. */
record CidrRange(BigInteger prefix, int length, int bits) {

    /** @param text a range that has been checked to be one: an address, never a name, so that nothing is looked up */
    static CidrRange of(String text) {
        int slash = text.indexOf('/');
        int length = Integer.parseInt(text.substring(slash + 1));
        try {
            byte[] address = InetAddress.getByName(text.substring(0, slash)).getAddress();
            int bits = address.length * Byte.SIZE;
            return new CidrRange(new BigInteger(1, address).shiftRight(bits - length), length, bits);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text + " is no range of addresses", e);
        }
    }

    /** Whether the other range has all of these addresses and more. */
    boolean isInside(CidrRange other) {
        return bits == other.bits
                && length > other.length
                && prefix.shiftRight(length - other.length).equals(other.prefix);
    }
}
